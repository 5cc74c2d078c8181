// Where the parts of a pattern stand in its drawing.
#include <QtTest/QtTest>
#include <cmath>
#include <random>

#include "core/patterns/parse.h"
#include "widgets/inspector/patterns/pattern_layout.h"

using namespace rw;
using namespace rw::ui;
using Rect = PatternDrawing::Rect;

namespace {

PatternDrawing drawn(const std::string& text, double room = 2'000) {
    const auto parsed = patterns::parsePattern(text);
    if (std::holds_alternative<sql::SqlError>(parsed)) qFatal("%s: no pattern", text.c_str());
    const auto& pattern = std::get<patterns::RowPattern>(parsed);
    PatternMeasures measures{.room = room};
    for (std::size_t i = 0; i < pattern.variables.size(); ++i) {
        measures.names.push_back(8 * static_cast<double>(pattern.variables[i].size()));
        measures.conditions.push_back(i % 2 == 0 ? 60 : 0);
    }
    return layoutPattern(pattern, measures);
}

bool touch(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool holds(const Rect& outer, const Rect& inner) {
    return outer.x <= inner.x && inner.right() <= outer.right() && outer.y <= inner.y &&
           inner.bottom() <= outer.bottom();
}

double middle(const Rect& rect) {
    return rect.y + rect.height / 2;
}

/// Words and boxes lie beside each other, frames around theirs, and nothing lies outside; empty, or what is
/// wrong.
QString faultOf(const PatternDrawing& drawing) {
    const Rect whole{0, 0, drawing.width, drawing.height};
    std::vector<Rect> solid;
    for (const auto& box : drawing.boxes) {
        solid.push_back(box.rect);
        if (box.beneath.width > 0) solid.push_back(box.beneath);
    }
    for (const auto& label : drawing.labels) solid.push_back(label.rect);
    for (std::size_t i = 0; i < solid.size(); ++i) {
        if (!holds(whole, solid[i])) return QStringLiteral("box or word %1 lies outside").arg(i);
        for (std::size_t j = 0; j < i; ++j)
            if (touch(solid[i], solid[j])) return QStringLiteral("%1 and %2 overlap").arg(i).arg(j);
        for (const auto& frame : drawing.frames)
            if (touch(frame.rect, solid[i]) && !holds(frame.rect, solid[i]))
                return QStringLiteral("%1 is cut by a frame").arg(i);
    }
    for (const auto& way : drawing.ways) {
        for (const auto& point : way.points)
            if (!holds(whole, {point.x, point.y, 0, 0})) return QStringLiteral("a way leads outside");
    }
    return {};
}

/// A way begins where another one ends, a box or a bar does, or at the beginning.
QString looseEndOf(const PatternDrawing& drawing) {
    const auto near = [](double a, double b) { return std::abs(a - b) < 5; };
    for (const auto& way : drawing.ways) {
        const auto& from = way.points.front();
        bool joined = near(from.x, drawing.begin.x) && near(from.y, drawing.begin.y);
        for (const auto& box : drawing.boxes)
            joined = joined || (near(from.x, box.rect.right()) && near(from.y, middle(box.rect)));
        for (const auto& bar : drawing.bars)
            joined = joined || (near(from.x, bar.top.x) && near(from.y, bar.top.y + bar.height / 2));
        for (const auto& other : drawing.ways) {
            for (const auto& point : other.points)
                joined = joined || (&other != &way && near(from.x, point.x) && near(from.y, point.y));
        }
        if (!joined) return QStringLiteral("a way begins at %1, %2").arg(from.x).arg(from.y);
    }
    return {};
}

std::string random(std::mt19937& dice, int depth, bool excluded = false) {
    const auto roll = [&dice](int most) { return static_cast<int>(dice() % static_cast<unsigned>(most)); };
    const std::string variable(1, static_cast<char>('A' + roll(6)));
    static const std::vector<std::string> kQuantifiers{"?",    "*",  "+",  "{2}",  "{1,3}",
                                                       "{2,}", "*?", "+?", "{,4}?"};
    if (depth == 0) return variable;
    const auto one = [&] { return random(dice, depth - 1, excluded); };
    switch (roll(7)) {
        case 0:
            return "(" + one() + " " + one() + " " + one() + ")";
        case 1:
            return "(" + one() + " | " + one() + " | " + one() + ")";
        case 2:
            return "PERMUTE(A, B, " + variable + ")";
        case 3:
            return excluded ? variable : "{- " + random(dice, depth - 1, true) + " -}";
        case 4:
        case 5:
            return "(" + one() + ")" + kQuantifiers[static_cast<std::size_t>(roll(9))];
        default:
            return variable;
    }
}

}  // namespace

class TestPatternLayout : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aSequenceStandsInOneLine() {
        const PatternDrawing drawing = drawn("A BB C");
        QCOMPARE(drawing.boxes.size(), 3U);
        QCOMPARE(middle(drawing.boxes[0].rect), middle(drawing.boxes[1].rect));
        QVERIFY(drawing.boxes[0].rect.right() < drawing.boxes[1].rect.x);
        QVERIFY(drawing.boxes[1].rect.right() < drawing.boxes[2].rect.x);
        QVERIFY(drawing.begin.x < drawing.boxes[0].rect.x);
        QVERIFY(drawing.end.x > drawing.boxes[2].rect.right());
        QCOMPARE(drawing.boxes[1].rect.width - drawing.boxes[0].rect.width, 8.0);
    }

    void conditionsStandBeneath() {
        const PatternDrawing drawing = drawn("A B");
        QVERIFY(drawing.boxes[0].beneath.y > drawing.boxes[0].rect.bottom());
        QVERIFY(drawing.boxes[0].beneath.width >= 60);
        QCOMPARE(drawing.boxes[1].beneath.width, 0.0);
    }

    void branchesStandBelowEachOther() {
        const PatternDrawing drawing = drawn("A (B | C | D)");
        QCOMPARE(middle(drawing.boxes[1].rect), middle(drawing.boxes[0].rect));  // the preferred one
        QVERIFY(drawing.boxes[2].rect.y > drawing.boxes[1].rect.bottom());
        QVERIFY(drawing.boxes[3].rect.y > drawing.boxes[2].rect.bottom());
    }

    void quantifiersAreWaysBackAndAround() {
        const auto ways = [](const char* text) {
            int back = 0, around = 0;
            for (const auto& way : drawn(text).ways) {
                if (way.points.size() != 4) continue;
                const bool leads = way.points[0].x > way.points[3].x;
                back += leads ? 1 : 0;
                around += leads ? 0 : 1;
            }
            return std::pair(back, around);
        };
        QCOMPARE(ways("A B+"), std::pair(1, 0));
        QCOMPARE(ways("A B?"), std::pair(0, 1));
        QCOMPARE(ways("A B*"), std::pair(1, 1));
        QCOMPARE(ways("A B{2,4}"), std::pair(1, 0));
        QCOMPARE(ways("A B"), std::pair(0, 0));
    }

    void quantifiersAreWritten() {
        const auto label = [](const char* text) {
            const PatternDrawing drawing = drawn(text);
            return drawing.labels.size() == 1 ? drawing.labels.front().text : "none, or several";
        };
        for (const char* quantifier : {"?", "*", "+", "{3}", "{2,}", "{2,4}", "??", "*?", "+?", "{2,4}?"})
            QCOMPARE(label((std::string("A B") + quantifier).c_str()), std::string(quantifier));
        QCOMPARE(label("A B{,4}"), std::string("{0,4}"));
    }

    void framesBarsAndExclusions() {
        const PatternDrawing drawing = drawn("^ {- A -} PERMUTE(B, C) $");
        QCOMPARE(drawing.frames.size(), 2U);
        QVERIFY(drawing.frames[0].dashed && holds(drawing.frames[0].rect, drawing.boxes[0].rect));
        QVERIFY(!drawing.frames[1].dashed && holds(drawing.frames[1].rect, drawing.boxes[2].rect));
        QCOMPARE(drawing.frames[1].words, std::string("PERMUTE"));
        QVERIFY(drawing.boxes[0].excluded && !drawing.boxes[1].excluded);
        QCOMPARE(drawing.bars.size(), 2U);
        QVERIFY(drawing.bars[0].start && drawing.bars[0].top.x < drawing.boxes[0].rect.x);
        QVERIFY(!drawing.bars[1].start && drawing.bars[1].top.x > drawing.frames[1].rect.right());
    }

    void longSequencesGoOnInTheNextLine() {
        const PatternDrawing wide = drawn("A B C D E F G H", 2'000), narrow = drawn("A B C D E F G H", 300);
        QVERIFY(narrow.width <= 300);
        QVERIFY(narrow.height > 2 * wide.height - 40);
        QCOMPARE(narrow.boxes.size(), 8U);
        QVERIFY(narrow.boxes[7].rect.y > narrow.boxes[0].rect.bottom());
        QCOMPARE(faultOf(narrow), QString());
        QCOMPARE(looseEndOf(narrow), QString());
    }

    void theEmptyPatternIsALine() {
        const PatternDrawing drawing = drawn("()");
        QVERIFY(drawing.boxes.empty());
        QVERIFY(drawing.end.x > drawing.begin.x);
    }

    void nothingOverlapsInAnyPattern() {
        std::mt19937 dice(31);
        for (int i = 0; i < 3'000; ++i) {
            const std::string text = random(dice, 1 + i % 4);
            for (const double room : {280.0, 1'000.0}) {
                const PatternDrawing drawing = drawn(text, room);
                QVERIFY2(faultOf(drawing).isEmpty(), qPrintable(faultOf(drawing) + u' ' + text.c_str()));
                QVERIFY2(looseEndOf(drawing).isEmpty(),
                         qPrintable(looseEndOf(drawing) + u' ' + text.c_str()));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestPatternLayout)
#include "test_pattern_layout.moc"
