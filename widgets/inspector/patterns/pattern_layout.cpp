#include "widgets/inspector/patterns/pattern_layout.h"

#include <algorithm>
#include <utility>

namespace rw::ui {

namespace {

using patterns::Pattern;
using Kind = patterns::Pattern::Kind;
using Point = PatternDrawing::Point;
using Rect = PatternDrawing::Rect;

constexpr double kGap = 20;      // between parts that follow each other, with room for an arrow
constexpr double kPadding = 8;   // in boxes and frames
constexpr double kFork = 22;     // where branches part and meet
constexpr double kTurn = 12;     // of a way around a part
constexpr double kBetween = 10;  // above each other
constexpr double kBar = 4;       // the width of ^ and $
constexpr double kEmpty = 24;    // the rail of the empty pattern
constexpr double kMargin = 10;   // around the whole

/// The room of a part: to the right, and above and below the rail.
struct Extent {
    double width = 0, up = 0, down = 0;
};

class Layout {
 public:
    explicit Layout(const PatternMeasures& measures) : m_measures(measures) {}

    PatternDrawing draw(const Pattern& root) {
        std::vector<const Pattern*> parts;
        if (root.kind == Kind::Sequence && !root.parts.empty()) {
            for (const Pattern& part : root.parts) parts.push_back(&part);
        } else {
            parts.push_back(&root);
        }
        lines(parts);
        return std::move(m_drawing);
    }

 private:
    double boxHeight() const { return m_measures.lineHeight + kPadding; }

    double labelWidth(const std::string& text) const {
        return static_cast<double>(text.size()) * m_measures.letter;
    }

    // ── How large the parts are ──

    Extent extentOf(const Pattern& part) const {
        switch (part.kind) {
            case Kind::Variable:
                return variable(part);
            case Kind::Sequence:
                return sequence(part.parts);
            case Kind::Choice:
                return stack(part);
            case Kind::Permute: {
                Extent inner = stack(part);
                inner.width += 2 * kPadding;
                inner.up += kPadding + m_measures.smallHeight;
                inner.down += kPadding;
                return inner;
            }
            case Kind::Repeat:
                return repeat(part);
            case Kind::Exclude: {
                const Extent inner = extentOf(part.parts.front());
                return {inner.width + 2 * kPadding, inner.up + kPadding, inner.down + kPadding};
            }
            case Kind::Start:
            case Kind::End:
                break;
        }
        return {kBar, boxHeight() / 2, boxHeight() / 2};
    }

    Extent variable(const Pattern& part) const {
        const auto place = static_cast<std::size_t>(part.variable);
        const double condition = m_measures.conditions[place];
        const double beneath = condition > 0 ? m_measures.smallHeight + 2 : 0;
        return {std::max(m_measures.names[place] + 2 * kPadding, condition), boxHeight() / 2,
                boxHeight() / 2 + beneath};
    }

    Extent sequence(const std::vector<Pattern>& parts) const {
        Extent all{parts.empty() ? kEmpty : kGap * static_cast<double>(parts.size() - 1), kBetween / 2,
                   kBetween / 2};
        for (const Pattern& part : parts) {
            const Extent one = extentOf(part);
            all.width += one.width;
            all.up = std::max(all.up, one.up);
            all.down = std::max(all.down, one.down);
        }
        return all;
    }

    /// The first part on the rail, the others below it.
    Extent stack(const Pattern& whole) const {
        Extent all;
        for (const Pattern& part : whole.parts) {
            const Extent one = extentOf(part);
            all.width = std::max(all.width, one.width);
            if (&part == &whole.parts.front()) {
                all.up = one.up;
                all.down = one.down;
            } else {
                all.down += kBetween + one.up + one.down;
            }
        }
        all.width += 2 * kFork;
        return all;
    }

    static bool mayBeSkipped(const Pattern& part) { return part.least == 0; }
    static bool loops(const Pattern& part) { return !part.most || *part.most > 1; }

    Extent repeat(const Pattern& part) const {
        Extent all = extentOf(part.parts.front());
        all.width = std::max(all.width, labelWidth(quantifierText(part))) + 2 * kTurn;
        if (mayBeSkipped(part)) all.up += kBetween;
        (loops(part) ? all.down : all.up) += m_measures.smallHeight + (loops(part) ? kBetween : 0);
        return all;
    }

    // ── Where they stand: `x` is the left end of a part, `rail` the height of its rail ──

    void way(std::vector<Point> points, bool arrow = false) {
        m_drawing.ways.push_back({std::move(points), arrow});
    }

    void place(const Pattern& part, double x, double rail) {
        const Extent extent = extentOf(part);
        switch (part.kind) {
            case Kind::Variable:
                return placeVariable(part, extent, x, rail);
            case Kind::Sequence:
                return placeSequence(part.parts, x, rail);
            case Kind::Choice:
                return placeStack(part, extent, x, rail);
            case Kind::Permute:
                m_drawing.frames.push_back(
                    {{x, rail - extent.up, extent.width, extent.up + extent.down}, false, "PERMUTE"});
                way({{x, rail}, {x + kPadding, rail}});
                way({{x + extent.width - kPadding, rail}, {x + extent.width, rail}});
                return placeStack(part, stack(part), x + kPadding, rail);
            case Kind::Repeat:
                return placeRepeat(part, extent, x, rail);
            case Kind::Exclude: {
                m_drawing.frames.push_back(
                    {{x, rail - extent.up, extent.width, extent.up + extent.down}, true, {}});
                way({{x, rail}, {x + kPadding, rail}});
                way({{x + extent.width - kPadding, rail}, {x + extent.width, rail}});
                const bool outer = std::exchange(m_excluded, true);
                place(part.parts.front(), x + kPadding, rail);
                m_excluded = outer;
                return;
            }
            case Kind::Start:
            case Kind::End:
                m_drawing.bars.push_back(
                    {{x + kBar / 2, rail - extent.up}, extent.up + extent.down, part.kind == Kind::Start});
        }
    }

    void placeVariable(const Pattern& part, const Extent& extent, double x, double rail) {
        const auto variable = static_cast<std::size_t>(part.variable);
        const double width = m_measures.names[variable] + 2 * kPadding;
        const double left = x + (extent.width - width) / 2;
        if (left > x) {
            way({{x, rail}, {left, rail}}, true);
            way({{left + width, rail}, {x + extent.width, rail}});
        }
        PatternDrawing::Box box{
            {left, rail - boxHeight() / 2, width, boxHeight()}, {}, part.variable, m_excluded, part.span};
        if (m_measures.conditions[variable] > 0)
            box.beneath = {x, rail + boxHeight() / 2 + 2, extent.width, m_measures.smallHeight};
        m_drawing.boxes.push_back(std::move(box));
    }

    void placeSequence(const std::vector<Pattern>& parts, double x, double rail) {
        if (parts.empty()) return way({{x, rail}, {x + kEmpty, rail}});
        for (const Pattern& part : parts) {
            if (&part != &parts.front()) {
                way({{x, rail}, {x + kGap, rail}}, true);
                x += kGap;
            }
            place(part, x, rail);
            x += extentOf(part).width;
        }
    }

    void placeStack(const Pattern& whole, const Extent& extent, double x, double rail) {
        const double right = x + extent.width;
        double at = rail, bottom = 0;
        for (const Pattern& part : whole.parts) {
            const Extent one = extentOf(part);
            if (&part != &whole.parts.front()) at = bottom + kBetween + one.up;
            bottom = at + one.down;
            const double left = x + (extent.width - one.width) / 2;
            way({{x, rail}, {x + kFork / 2, at}, {left, at}}, true);
            place(part, left, at);
            way({{left + one.width, at}, {right - kFork / 2, at}, {right, rail}});
        }
    }

    void placeRepeat(const Pattern& part, const Extent& extent, double x, double rail) {
        const Pattern& inner = part.parts.front();
        const Extent inside = extentOf(inner);
        const double left = x + (extent.width - inside.width) / 2, right = left + inside.width;
        way({{x, rail}, {left, rail}}, true);
        way({{right, rail}, {x + extent.width, rail}});
        place(inner, left, rail);
        const double near = x + kTurn / 3, far = x + extent.width - kTurn / 3;
        const std::string text = quantifierText(part);
        const double width = labelWidth(text), middle = x + extent.width / 2;
        double over = rail - inside.up;
        if (mayBeSkipped(part)) {
            over -= kBetween / 2;
            way({{near, rail}, {near, over}, {far, over}, {far, rail}}, true);
        }
        if (loops(part)) {
            const double under = rail + inside.down + kBetween / 2;
            way({{far, rail}, {far, under}, {near, under}, {near, rail}}, true);
            over = under + m_measures.smallHeight + kBetween / 2;
        }
        m_drawing.labels.push_back(
            {{middle - width / 2, over - m_measures.smallHeight, width, m_measures.smallHeight}, text});
    }

    // ── The whole, in as many lines as it needs ──

    void lines(const std::vector<const Pattern*>& parts) {
        const double left = kMargin, first = left + kGap, most = m_measures.room - kMargin - kGap;
        double top = kMargin;
        std::size_t from = 0;
        while (from < parts.size()) {
            std::size_t to = from;
            Extent line;
            for (; to < parts.size(); ++to) {
                const Extent one = extentOf(*parts[to]);
                const double gap = to == from ? 0 : kGap;
                if (to > from && first + line.width + gap + one.width > most) break;
                line.width += gap + one.width;
                line.up = std::max(line.up, one.up);
                line.down = std::max(line.down, one.down);
            }
            const double rail = top + line.up;
            if (from == 0) {
                m_drawing.begin = {left, rail};
                way({{left, rail}, {first, rail}}, true);
            } else {
                const double turn = top - kBetween;
                way({m_drawing.end, {m_drawing.end.x, turn}, {left, turn}, {left, rail}, {first, rail}},
                    true);
            }
            double x = first;
            for (; from < to; ++from) {
                if (x > first) {
                    way({{x, rail}, {x + kGap, rail}}, true);
                    x += kGap;
                }
                place(*parts[from], x, rail);
                x += extentOf(*parts[from]).width;
            }
            m_drawing.end = {x + kGap, rail};
            way({{x, rail}, m_drawing.end}, from == parts.size());
            m_drawing.width = std::max(m_drawing.width, m_drawing.end.x + kMargin);
            m_drawing.height = rail + line.down + kMargin;
            top = m_drawing.height + kBetween;
        }
    }

    const PatternMeasures& m_measures;
    PatternDrawing m_drawing{};
    bool m_excluded = false;
};

}  // namespace

PatternDrawing layoutPattern(const patterns::RowPattern& pattern, const PatternMeasures& measures) {
    return Layout(measures).draw(pattern.root);
}

std::string quantifierText(const Pattern& repeat) {
    const std::string least = std::to_string(repeat.least);
    std::string text = "{" + least + "," + (repeat.most ? std::to_string(*repeat.most) : "") + "}";
    if (repeat.most && *repeat.most == repeat.least) text = "{" + least + "}";
    if (repeat.least == 0 && repeat.most == std::int64_t{1}) text = "?";
    if (repeat.least == 0 && !repeat.most) text = "*";
    if (repeat.least == 1 && !repeat.most) text = "+";
    return repeat.reluctant ? text + "?" : text;
}

}  // namespace rw::ui
