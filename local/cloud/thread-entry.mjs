// The first file of every thread of the local cloud: lets the thread load its modules from Node's
// compile cache, and then loads the thread's program. Without the cache each thread strips the
// types and compiles all its modules anew, which is half of a function's cold start.
// This is plain JavaScript because stripping even one file's types would cost as much.
import { enableCompileCache } from 'node:module';

const [, , program, cacheDirectory] = process.argv;
enableCompileCache(cacheDirectory);
await import(program);
