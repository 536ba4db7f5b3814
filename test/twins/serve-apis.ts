import { customerRoutes, staffRoutes } from '../../functions/access.ts';
import { serve } from '../../functions/api/serve.ts';
import { admitCustomer } from '../../functions/customer-api/admit.ts';
import type { CustomerApiDependencies } from '../../functions/customer-api/dependencies.ts';
import { operations as customerOperations } from '../../functions/customer-api/operations.ts';
import { admitStaff } from '../../functions/staff-api/admit.ts';
import type { StaffDependencies } from '../../functions/staff-api/dependencies.ts';
import { operations as staffOperations } from '../../functions/staff-api/operations.ts';

/** Both APIs as their handlers wire them. */
export function serveApis(dependencies: CustomerApiDependencies & StaffDependencies) {
  const { log } = dependencies;
  const customerApi = serve({
    operations: customerOperations,
    access: customerRoutes,
    admit: admitCustomer(dependencies),
    dependencies,
    log,
  });
  const staffApi = serve({
    operations: staffOperations,
    access: staffRoutes,
    admit: admitStaff,
    dependencies,
    log,
  });
  return { customerApi, staffApi };
}
