// The rows of a sample side by side: what came in, and what became of it.
#pragma once
#include <vector>

#include "widgets/sample/sample_taker.h"

namespace rw::ui {

/// One line of both grids: rows of an input and an output port, -1 where there is none.
struct SampleLine {
    int in = -1, out = -1;
    bool operator==(const SampleLine&) const = default;
};

/// Of ports of the look (-1: the node has none). Where rows are passed on, each stands beside that which it
/// came from; those that came from elsewhere are behind. Where rows are made they stand side by side without
/// belonging together.
std::vector<SampleLine> linesOf(const Sample& sample, int input, int output);

/// What became of a row of an input.
RowFate fateOf(const Sample& sample, int input, int row);
/// Why nothing stands beside a row of an input: a word, with the reason if one is known. Empty: it passed, or
/// was used.
QString fateText(const Sample& sample, int input, int row);

}  // namespace rw::ui
