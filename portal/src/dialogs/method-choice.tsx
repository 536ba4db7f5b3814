import { useId } from 'preact/hooks';
import type { MethodView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { sayHealth, sayMethod } from '../words/say-method.ts';

/** One of several methods. */
export function MethodChoice({
  legend,
  methods,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly methods: readonly MethodView[];
  readonly chosen: MethodView['method'] | null;
  readonly onChoose: (method: MethodView['method']) => void;
}) {
  const page = usePage();
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {methods.map((each) => (
        <label class="choice" key={each.method}>
          <input
            type="radio"
            name={name}
            checked={each.method === chosen}
            onChange={() => onChoose(each.method)}
          />
          <span>
            {sayMethod(page, each)}
            {each.health !== 'usable' && <small>{sayHealth(page, each)}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
