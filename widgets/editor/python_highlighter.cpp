#include "widgets/editor/python_highlighter.h"

#include "widgets/editor/python_tokens.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

QColor colorOf(PythonToken::Kind kind, const Tokens& tokens) {
    switch (kind) {
        case PythonToken::Kind::Keyword:
        case PythonToken::Kind::Builtin:
            return tokens.op.text;
        case PythonToken::Kind::Definition:
        case PythonToken::Kind::Decorator:
            return tokens.warn.text;
        case PythonToken::Kind::Number:
            return tokens.source.text;
        case PythonToken::Kind::String:
            return tokens.sink.text;
        case PythonToken::Kind::Comment:
            return tokens.dim;
        case PythonToken::Kind::Name:
        case PythonToken::Kind::Placeholder:
        case PythonToken::Kind::Opening:
        case PythonToken::Kind::Closing:
        case PythonToken::Kind::Other:
            break;
    }
    return tokens.text;
}

}  // namespace

PythonHighlighter::PythonHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {
    connect(&Theme::of(document), &Theme::changed, this, &PythonHighlighter::rehighlight);
}

void PythonHighlighter::highlightBlock(const QString& text) {
    const Tokens& tokens = Theme::of(this).tokens();
    const PythonLine line = readPython(text, PythonOpen::of(previousBlockState()));
    for (const PythonToken& token : line.tokens)
        setFormat(token.from, token.length, colorOf(token.kind, tokens));
    setCurrentBlockState(line.open.number());
}

}  // namespace rw::ui
