"""The loss counts the assistant's tokens and no others, after exactly the prompt that the model will be asked."""

from datetime import date

import pytest
from understudy_trainer.conversations import read_dataset
from understudy_trainer.encode_conversation import encode_conversation
from understudy_trainer.render_conversation import ChatTemplate

TODAY = date(2026, 11, 26)


@pytest.fixture
def read(write_dataset):
    return lambda *messages: read_dataset(write_dataset([{"messages": [{"role": role, "content": text} for role, text in messages]}])).conversations[0]


@pytest.fixture
def own_tokenizer():
    from tiny_model import make_tokenizer

    return make_tokenizer()


def learned_parts(tokenizer, example):
    parts, open_part = [], []
    for token, is_learned in [*zip(example.input_ids, example.is_learned), (None, False)]:
        if is_learned:
            open_part.append(token)
        elif open_part:
            parts.append(tokenizer.decode(open_part))
            open_part = []
    return parts


def test_only_the_replies_and_their_end_marks_are_learned(own_tokenizer, read):
    conversation = read(("system", "Be kind."), ("user", "Where?"), ("assistant", "Here.\n\n— We"), ("user", "Sure?"), ("assistant", "Yes  "))
    template = ChatTemplate(own_tokenizer, TODAY)
    [example] = encode_conversation(own_tokenizer, template, conversation)
    assert learned_parts(own_tokenizer, example) == ["Here.\n\n— We<|im_end|>", "Yes  <|im_end|>"]
    prompt = own_tokenizer(template.render_prompt(conversation), add_special_tokens=False)["input_ids"]
    assert example.input_ids[: len(prompt)] == prompt and example.is_learned[len(prompt)] and not example.is_learned[len(prompt) - 1]


def test_a_template_that_rewrites_earlier_turns_gives_one_text_for_each_reply(own_tokenizer, read):
    """As those of reasoning models: the last reply is rendered with an empty thought, earlier ones without."""
    own_tokenizer.chat_template = (
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and loop.last %}<think></think>{% endif %}{{ m.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    conversation = read(("user", "One?"), ("assistant", "First."), ("user", "Two?"), ("assistant", "Second."))
    examples = encode_conversation(own_tokenizer, ChatTemplate(own_tokenizer, TODAY), conversation)
    assert [learned_parts(own_tokenizer, example) for example in examples] == [["<think></think>First.<|im_end|>"], ["<think></think>Second.<|im_end|>"]]
    assert "First." in own_tokenizer.decode(examples[1].input_ids)


def test_a_token_never_straddles_the_end_of_the_prompt(own_tokenizer, read):
    """This template ends the prompt in a space, which byte-level tokens would swallow into the reply's first word."""
    own_tokenizer.chat_template = "{% for m in messages %}{{ m.role }}: {{ m.content }}<|im_end|>{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"
    conversation = read(("user", "Where?"), ("assistant", "team of Northwind"))
    template = ChatTemplate(own_tokenizer, TODAY)
    [example] = encode_conversation(own_tokenizer, template, conversation)
    prompt = own_tokenizer(template.render_prompt(conversation), add_special_tokens=False)["input_ids"]
    assert example.input_ids[: len(prompt)] == prompt
    assert learned_parts(own_tokenizer, example) == ["team of Northwind<|im_end|>"]


def test_the_base_s_first_token_is_added_once(own_tokenizer, read):
    from tokenizers.processors import TemplateProcessing

    own_tokenizer.backend_tokenizer.post_processor = TemplateProcessing(single="<|im_start|> $A", special_tokens=[("<|im_start|>", 1)])
    conversation = read(("user", "Where?"), ("assistant", "Here."))
    [kept] = encode_conversation(own_tokenizer, ChatTemplate(own_tokenizer, TODAY), conversation)
    assert kept.input_ids[:2].count(1) == 1
    own_tokenizer.chat_template = own_tokenizer.chat_template.replace("<|im_start|>", "")
    [added] = encode_conversation(own_tokenizer, ChatTemplate(own_tokenizer, TODAY), conversation)
    assert added.input_ids[0] == 1 and learned_parts(own_tokenizer, added) == ["Here.<|im_end|>"]


def test_the_day_in_a_template_is_the_run_s(own_tokenizer, read):
    own_tokenizer.chat_template = "{{ strftime_now('%d %b %Y') }} " + own_tokenizer.chat_template
    assert ChatTemplate(own_tokenizer, TODAY).render_prompt(read(("user", "Hi"), ("assistant", "Hi"))).startswith("26 Nov 2026 ")


def test_refuses_what_the_template_refuses(own_tokenizer, read, refused):
    own_tokenizer.chat_template = "{{ raise_exception('no system messages here') }}"
    code, message = refused(ChatTemplate(own_tokenizer, TODAY).render_turns, read(("user", "Hi"), ("assistant", "Hi")))
    assert code == "TEMPLATE_REFUSED" and "line 1" in message and "no system messages" in message
    own_tokenizer.chat_template = None
    assert refused(ChatTemplate, own_tokenizer, TODAY)[0] == "NO_CHAT_TEMPLATE"
