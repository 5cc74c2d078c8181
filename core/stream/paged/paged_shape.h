// What is known of an operator whose state may be in pages.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/stream/operator.h"
#include "core/stream/paged/queued_input.h"

namespace rw {

/// The operator works on each key group by itself: what it emits for a key depends on rows of that key's
/// group, and on watermarks, alone. It holds no rows for a time of the clock (Operator::wakesAt), and has no
/// more to do at the end than at the last watermark.
struct PagedShape {
    std::function<std::unique_ptr<Operator>(const MakeContext&)> make{};
    std::vector<PagedPort> ports{};  ///< of its input; one or two
    /// Without a new row of a key, a watermark changes nothing of its state, and lets no row out.
    bool ignoresWatermarks = false;
};

}  // namespace rw
