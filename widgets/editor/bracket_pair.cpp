#include "widgets/editor/bracket_pair.h"

#include <QTextBlock>
#include <QTextDocument>
#include <utility>
#include <vector>

#include "widgets/editor/python_tokens.h"

namespace rw::ui {

namespace {

constexpr int kMostLines = 2000;  // that are searched on each side

struct Bracket {
    QChar sign{};
    int place = 0;
    bool opens = false;
};

std::vector<Bracket> bracketsOf(const QTextBlock& line) {
    std::vector<Bracket> brackets;
    const int open = line.previous().isValid() ? line.previous().userState() : 0;
    const QString text = line.text();
    for (const PythonToken& token : readPython(text, PythonOpen::of(open)).tokens) {
        const bool opens = token.kind == PythonToken::Kind::Opening;
        if (opens || token.kind == PythonToken::Kind::Closing)
            brackets.push_back({text[token.from], line.position() + token.from, opens});
    }
    return brackets;
}

bool fit(QChar opening, QChar closing) {
    return QStringView(u"()[]{}").contains(QString(opening) + closing);
}

/// The place of the other half, in the direction that `from` looks; -1: there is none.
int otherHalf(const Bracket& from, QTextBlock line) {
    int depth = 0;
    for (int lines = 0; line.isValid() && lines < kMostLines; ++lines) {
        std::vector<Bracket> brackets = bracketsOf(line);
        if (!from.opens) std::vector(brackets.rbegin(), brackets.rend()).swap(brackets);
        for (const Bracket& bracket : brackets) {
            if (from.opens ? bracket.place < from.place : bracket.place > from.place) continue;
            depth += bracket.opens == from.opens ? 1 : -1;
            if (depth > 0) continue;
            const bool right = from.opens ? fit(from.sign, bracket.sign) : fit(bracket.sign, from.sign);
            return right ? bracket.place : -1;
        }
        line = from.opens ? line.next() : line.previous();
    }
    return -1;
}

}  // namespace

std::optional<BracketPair> bracketPairAt(const QTextCursor& cursor) {
    const QTextBlock line = cursor.block();
    for (const int place : {cursor.position() - 1, cursor.position()}) {
        for (const Bracket& bracket : bracketsOf(line)) {
            if (bracket.place != place) continue;
            const int other = otherHalf(bracket, line);
            return bracket.opens ? BracketPair{place, other} : BracketPair{other, place};
        }
    }
    return std::nullopt;
}

}  // namespace rw::ui
