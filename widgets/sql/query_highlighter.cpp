#include "widgets/sql/query_highlighter.h"

#include "core/query/query_text.h"
#include "core/query/query_words.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

/// What a line begins within, by the sign that opens it; 0: nothing.
constexpr const char* kOpeners[] = {"", "/*", "'", "\"", "`", "["};

bool closes(std::string_view token, int opener) {
    const std::string_view end = opener == 1 ? "*/" : opener == 5 ? "]" : kOpeners[opener];
    const std::size_t least = std::string_view(kOpeners[opener]).size() + end.size();
    if (token.size() < least || !token.ends_with(end)) return false;
    if (opener == 1 || opener == 5) return true;
    // A doubled quote is one of the text.
    std::size_t quotes = 0;
    while (quotes < token.size() - 1 && token[token.size() - 1 - quotes] == end.front()) ++quotes;
    return quotes % 2 == 1;
}

int openerOf(std::string_view token, SqlToken::Kind kind) {
    if (kind == SqlToken::Kind::Comment) return token.starts_with("/*") && !closes(token, 1) ? 1 : 0;
    if (kind != SqlToken::Kind::Text && kind != SqlToken::Kind::Quoted) return 0;
    for (int opener = 2; opener <= 5; ++opener) {
        const std::size_t at = token.find(kOpeners[opener]);
        if (at > 1) continue;
        return closes(token.substr(at), opener) ? 0 : opener;
    }
    return 0;
}

}  // namespace

QueryHighlighter::QueryHighlighter(QTextDocument* document) : MarkingHighlighter(document) {
    connect(&Theme::of(document), &Theme::changed, this, &QueryHighlighter::rehighlight);
}

void QueryHighlighter::highlightBlock(const QString& text) {
    const Tokens& tokens = Theme::of(this).tokens();
    const int within = std::max(0, previousBlockState());
    const std::string opener = kOpeners[within], line = opener + text.toStdString();
    setCurrentBlockState(0);
    for (const SqlToken& token : sqlTokens(line)) {
        const std::string_view word = token.span.of(line);
        QColor color = tokens.text;
        switch (token.kind) {
            case SqlToken::Kind::Comment:
                color = tokens.dim;
                break;
            case SqlToken::Kind::Text:
                color = tokens.sink.text;
                break;
            case SqlToken::Kind::Number:
                color = tokens.source.text;
                break;
            case SqlToken::Kind::Word:
                if (isSqliteKeyword(word) || queryFunction(word) != nullptr) color = tokens.op.text;
                break;
            default:
                break;
        }
        const int from = characterAt(line, token.span.begin), to = characterAt(line, token.span.end);
        const int before = static_cast<int>(opener.size());
        setFormat(std::max(0, from - before), std::max(0, to - std::max(from, before)), color);
        if (token.span.end == line.size()) setCurrentBlockState(openerOf(word, token.kind));
    }
    if (line.empty() || text.isEmpty()) setCurrentBlockState(within);
    markErrors(text);
}

}  // namespace rw::ui
