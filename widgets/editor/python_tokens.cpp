#include "widgets/editor/python_tokens.h"

#include <QSet>
#include <algorithm>
#include <utility>

namespace rw::ui {

namespace {

using Kind = PythonToken::Kind;

constexpr int kTripleBit = 4, kFormatBit = 8;

bool isNamePart(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

QSet<QString> wordsOf(const char* words) {
    const QStringList list = QString::fromLatin1(words).split(QLatin1Char(' '));
    return {list.begin(), list.end()};
}

bool isKeyword(const QString& word) {
    static const QSet<QString> kWords = wordsOf(
        "False None True and as assert async await break class continue def del elif else except finally for "
        "from global if import in is lambda nonlocal not or pass raise return try while with yield");
    return kWords.contains(word);
}

bool isBuiltin(const QString& word) {
    static const QSet<QString> kWords = wordsOf(
        "abs all any bool bytes callable chr dict dir divmod enumerate filter float format frozenset getattr "
        "hasattr hash hex id input int isinstance issubclass iter len list map max min next object oct open "
        "ord pow print range repr reversed round set setattr slice sorted str sum super tuple type vars zip "
        "ArithmeticError AttributeError Exception IndexError KeyError NotImplementedError OSError "
        "RuntimeError "
        "StopIteration TypeError ValueError ZeroDivisionError");
    return kWords.contains(word);
}

/// match and case are names, too: they are keywords where they begin a line that ends with a colon.
bool isSoftKeyword(const QString& word, const QString& line, int from) {
    if (word != QLatin1String("match") && word != QLatin1String("case")) return false;
    return QStringView(line).left(from).trimmed().isEmpty() && line.trimmed().endsWith(QLatin1Char(':'));
}

class Reader {
 public:
    Reader(const QString& line, PythonOpen open) : m_line(line), m_result{{}, open} {}

    PythonLine read() {
        if (!m_result.open.quote.isNull()) string(0, 0);
        while (m_at < size()) one();
        return std::move(m_result);
    }

 private:
    int size() const { return static_cast<int>(m_line.size()); }
    QChar at(int place) const { return place < size() ? m_line[place] : QChar(); }
    void add(Kind kind, int from, int to) {
        if (to > from) m_result.tokens.push_back({kind, from, to - from});
    }
    /// A token of the characters that fit, from the present place on.
    template <class Fits>
    void run(Kind kind, Fits fits) {
        const int from = m_at;
        while (m_at < size() && fits(m_line[m_at])) ++m_at;
        add(kind, from, m_at);
    }

    void one() {
        const QChar c = m_line[m_at];
        if (c.isSpace()) {
            ++m_at;
        } else if (c == QLatin1Char('#')) {
            run(Kind::Comment, [](QChar) { return true; });
        } else if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
            begin(m_at, false);
        } else if (c.isDigit() || (c == QLatin1Char('.') && at(m_at + 1).isDigit())) {
            number();
        } else if (c == QLatin1Char('@') && m_result.tokens.empty()) {
            run(Kind::Decorator,
                [](QChar part) { return isNamePart(part) || QStringView(u"@.").contains(part); });
        } else if (isNamePart(c)) {
            word();
        } else {
            const Kind kind = QStringView(u"([{").contains(c)   ? Kind::Opening
                              : QStringView(u")]}").contains(c) ? Kind::Closing
                                                                : Kind::Other;
            add(kind, m_at, m_at + 1);
            ++m_at;
        }
    }

    /// 1_000, 0x1F, 1.5e-3, 2j.
    void number() {
        const int from = m_at;
        const bool hex = at(m_at) == QLatin1Char('0') && at(m_at + 1).toLower() == QLatin1Char('x');
        while (m_at < size()) {
            const QChar c = m_line[m_at];
            const bool sign = (c == QLatin1Char('+') || c == QLatin1Char('-')) && !hex && m_at > from &&
                              m_line[m_at - 1].toLower() == QLatin1Char('e');
            if (!isNamePart(c) && c != QLatin1Char('.') && !sign) break;
            ++m_at;
        }
        add(Kind::Number, from, m_at);
    }

    void word() {
        const int from = m_at;
        while (m_at < size() && isNamePart(m_line[m_at])) ++m_at;
        const QString word = m_line.mid(from, m_at - from);
        const QChar next = at(m_at);
        static const QSet<QString> kPrefixes = wordsOf("r b u f br rb fr rf");
        if ((next == QLatin1Char('\'') || next == QLatin1Char('"')) && kPrefixes.contains(word.toLower()))
            return begin(from, word.contains(QLatin1Char('f'), Qt::CaseInsensitive));
        Kind kind = Kind::Name;
        const bool member = from > 0 && m_line[from - 1] == QLatin1Char('.');
        if (m_defines) {
            kind = Kind::Definition;
        } else if (!member && (isKeyword(word) || isSoftKeyword(word, m_line, from))) {
            kind = Kind::Keyword;
        } else if (!member && isBuiltin(word)) {
            kind = Kind::Builtin;
        }
        m_defines = kind == Kind::Keyword && (word == QLatin1String("def") || word == QLatin1String("class"));
        add(kind, from, m_at);
    }

    /// A string whose quote is at the present place, and whose prefix begins at `from`.
    void begin(int from, bool formats) {
        const QChar quote = m_line[m_at];
        const bool triple = at(m_at + 1) == quote && at(m_at + 2) == quote;
        m_result.open = {quote, triple, formats};
        m_at += triple ? 3 : 1;
        string(from, m_at);
    }

    /// To the end of the open string, or of the line; its token begins at `from`.
    void string(int from, int start) {
        const PythonOpen open = m_result.open;
        m_at = start;
        while (m_at < size()) {
            const QChar c = m_line[m_at];
            if (c == QLatin1Char('\\')) {
                if (m_at + 1 == size()) return endOfLine(from, true);
                m_at += 2;
            } else if (c == open.quote && (!open.triple || (at(m_at + 1) == c && at(m_at + 2) == c))) {
                m_at += open.triple ? 3 : 1;
                m_result.open = {};
                return add(Kind::String, from, m_at);
            } else if (open.formats && c == QLatin1Char('{')) {
                from = placeholder(from);
            } else {
                ++m_at;
            }
        }
        endOfLine(from, false);
    }

    void endOfLine(int from, bool continued) {
        m_at = size();
        add(Kind::String, from, m_at);
        if (!m_result.open.triple && !continued) m_result.open = {};
    }

    /// {name!r:>8} of an f-string; two braces stand for one. Gives where the string goes on.
    int placeholder(int from) {
        if (at(m_at + 1) == QLatin1Char('{')) {
            m_at += 2;
            return from;
        }
        int depth = 0, end = m_at;
        for (; end < size(); ++end) {
            if (m_line[end] == QLatin1Char('{')) ++depth;
            if (m_line[end] == QLatin1Char('}') && --depth == 0) break;
            if (m_line[end] == m_result.open.quote) break;
        }
        if (end == size() || depth != 0) {
            ++m_at;
            return from;
        }
        add(Kind::String, from, m_at);
        add(Kind::Placeholder, m_at, end + 1);
        return m_at = end + 1;
    }

    const QString& m_line;
    PythonLine m_result;
    int m_at = 0;
    bool m_defines = false;  ///< the last word was def or class
};

}  // namespace

int PythonOpen::number() const {
    if (quote.isNull()) return 0;
    return (quote == QLatin1Char('"') ? 2 : 1) | (triple ? kTripleBit : 0) | (formats ? kFormatBit : 0);
}

PythonOpen PythonOpen::of(int number) {
    if (number <= 0) return {};
    return {(number & 2) != 0 ? QLatin1Char('"') : QLatin1Char('\''), (number & kTripleBit) != 0,
            (number & kFormatBit) != 0};
}

PythonLine readPython(const QString& line, PythonOpen before) {
    return Reader(line, before).read();
}

int nextIndent(const QString& line, PythonOpen before) {
    int indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' ')) ++indent;
    PythonLine read = readPython(line, before);
    std::erase_if(read.tokens, [](const PythonToken& token) { return token.kind == Kind::Comment; });
    if (!read.open.quote.isNull() || read.tokens.empty()) return indent;
    const PythonToken &first = read.tokens.front(), &last = read.tokens.back();
    const bool colon = last.kind == Kind::Other && line[last.from] == QLatin1Char(':');
    if (colon || last.kind == Kind::Opening) return indent + kPythonIndent;
    static const QSet<QString> kLeaving = wordsOf("return pass raise break continue");
    const bool leaves = first.kind == Kind::Keyword && kLeaving.contains(line.mid(first.from, first.length));
    return leaves ? std::max(0, indent - kPythonIndent) : indent;
}

}  // namespace rw::ui
