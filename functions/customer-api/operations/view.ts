import { answerWithView } from '../../account/answer-with-view.ts';
import { customerOfMember } from '../../api/actor.ts';
import { memberOperation } from '../customer-operation.ts';

export const showView = memberOperation({
  handle: (dependencies, { caller }) => answerWithView(dependencies, customerOfMember(caller)),
});
