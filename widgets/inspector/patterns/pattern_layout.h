// Where the parts of a row pattern stand when it is drawn: boxes on a rail that is read from left to right.
// No Qt: the view measures words and paints.
#pragma once
#include <string>
#include <vector>

#include "core/patterns/ast.h"

namespace rw::ui {

/// The widths of the words, by variable, and what there is room for; all in pixels.
struct PatternMeasures {
    std::vector<double> names{};
    std::vector<double> conditions{};  ///< of the line beneath; 0: the variable has no condition
    double lineHeight = 16, smallHeight = 14;
    double letter = 7;  ///< the width of one in the words at loops and frames
    double room = 320;  ///< a sequence that needs more goes on in the next line
};

struct PatternDrawing {
    struct Point {
        double x = 0, y = 0;
    };
    struct Rect {
        double x = 0, y = 0, width = 0, height = 0;
        double right() const { return x + width; }
        double bottom() const { return y + height; }
    };
    /// One row: a variable, its condition beneath.
    struct Box {
        Rect rect{}, beneath{};
        int variable = 0;
        bool excluded = false;
        sql::Span span{};
    };
    /// Around parts: those of PERMUTE with its word at the top, or an exclusion, which is dashed.
    struct Frame {
        Rect rect{};
        bool dashed = false;
        std::string words{};
    };
    struct Way {
        std::vector<Point> points{};
        bool arrow = false;  ///< at its end
    };
    /// The quantifier of a loop, or of a way around a part.
    struct Label {
        Rect rect{};
        std::string text{};
    };
    /// `^` and `$`.
    struct Bar {
        Point top{};
        double height = 0;
        bool start = true;
    };
    std::vector<Box> boxes{};
    std::vector<Frame> frames{};
    std::vector<Way> ways{};
    std::vector<Label> labels{};
    std::vector<Bar> bars{};
    Point begin{}, end{};  ///< the dots where reading begins and ends
    double width = 0, height = 0;
};

PatternDrawing layoutPattern(const patterns::RowPattern& pattern, const PatternMeasures& measures);

/// “+”, “{2,4}”, with “?” behind where as few rows as possible are preferred; of a Repeat.
std::string quantifierText(const patterns::Pattern& repeat);

}  // namespace rw::ui
