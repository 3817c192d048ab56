"""Renders conversations by the base's own chat template, as the server must when it asks the tuned model."""

from datetime import date

from transformers.utils.chat_template_utils import _compile_jinja_template

from .conversations import Conversation
from .errors import TrainerError


class ChatTemplate:
    def __init__(self, tokenizer, today: date):
        if not tokenizer.chat_template:
            raise TrainerError("NO_CHAT_TEMPLATE", "The base has no chat template, so it is no chat model. Take its instruct version.")
        self._template = _compile_jinja_template(tokenizer.get_chat_template())
        # Llama 3's template writes today's date into the prompt; a run that is resumed tomorrow must not see other tokens than today.
        # apply_chat_template lets nobody set the clock, so its template is rendered here.
        self._values = {**tokenizer.special_tokens_map, "tools": None, "documents": None, "strftime_now": today.strftime}

    def render(self, messages: list[dict[str, str]], add_generation_prompt: bool) -> str:
        return self._template.render(messages=messages, add_generation_prompt=add_generation_prompt, **self._values)

    def render_prompt(self, conversation: Conversation) -> str:
        """What the model is asked: everything before the last reply, and the mark that a reply follows."""
        try:
            return self.render(conversation.messages[:-1], add_generation_prompt=True)
        except Exception as error:
            raise _refused(conversation, error) from error

    def render_turns(self, conversation: Conversation) -> list[tuple[str, list[tuple[int, int]]]]:
        """
        The text to train on, with the spans (start, end) that the assistant wrote, its end-of-turn mark included.
        One text for the whole conversation where the template only ever appends; one for each reply where it rewrites earlier turns
        (templates that drop old reasoning do), so that every reply is learned after exactly the prompt that will be asked.
        """
        try:
            replies = [index for index, message in enumerate(conversation.messages) if message["role"] == "assistant"]
            prefixed = [self._render_reply(conversation.messages[: index + 1]) for index in replies]
        except Exception as error:
            raise _refused(conversation, error) from error
        whole = prefixed[-1][0]
        if all(whole.startswith(text[: span[1]]) for text, span in prefixed):
            return [(whole, [span for _, span in prefixed])]
        return [(text, [span]) for text, span in prefixed]

    def _render_reply(self, messages: list[dict[str, str]]) -> tuple[str, tuple[int, int]]:
        # Some templates refuse a conversation without a user's turn; a reply that opens one is then part of what follows.
        prompt = self.render(messages[:-1], add_generation_prompt=True) if len(messages) > 1 else ""
        text = self.render(messages, add_generation_prompt=False)
        if not text.startswith(prompt):
            raise ValueError("what it renders for a reply does not start with what it renders as its prompt, so the reply cannot be told apart")
        return text, (len(prompt), len(text.rstrip()))


def _refused(conversation: Conversation, error: Exception) -> TrainerError:
    return TrainerError("TEMPLATE_REFUSED", f"The base's chat template cannot render line {conversation.line} of the dataset: {error}. Mend the row, or take another base.")
