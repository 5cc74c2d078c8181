// What a source or a sink promises of each row when a run fails and resumes, and by which means.
#pragma once
#include <cstdint>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw {

/// Declared by bind(), beside the node type, for it depends on parameters (BoundNode::guarantee). It holds
/// for the program, the machine and the outside world being killed at any moment.
struct Guarantee {
    enum class Promise : std::uint8_t {
        None,         ///< there is nothing to promise: a chart
        AtMostOnce,   ///< rows may be lost
        AtLeastOnce,  ///< none is lost, some may be there twice
        ExactlyOnce
    };
    enum class Means : std::uint8_t {
        Nothing,      ///< none that people would ask for
        Position,     ///< a source reads again from a position in the checkpoint
        Journal,      ///< a source keeps what it received until a checkpoint has it
        Transaction,  ///< the rows of a checkpoint are put in place together
        ByKey,        ///< a row that comes again replaces itself
        Rename,       ///< files get their names when a checkpoint has them
        Repeats       ///< news is told until it is taken, and what was not is in the checkpoint
    };
    Promise promise = Promise::None;
    Means means = Means::Nothing;
    /// In a run that takes no checkpoints: it has to begin anew.
    Promise withoutCheckpoints = Promise::AtLeastOnce;
    /// One sentence more: what the outside world has to be like, what would make it better; may be empty.
    Text more{};
    /// At most once: what is lost, in place of what is lost of most sources; may be empty.
    Text lost{};

    bool operator==(const Guarantee&) const = default;
};

/// The guarantee in a run that takes checkpoints, or none.
Guarantee inRun(const Guarantee& declared, bool checkpoints);

/// A few words for a card, “Exactly once, every 10 s”; empty where there is nothing to promise. `every`: the
/// time between checkpoints.
Text guaranteeWords(const Guarantee& guarantee, Millis every);
/// A sentence or two: what is lost or there twice after a failure.
Text guaranteeText(const Guarantee& guarantee);
/// As in metrics files: “exactly_once”.
const char* nameOf(Guarantee::Promise promise);
const char* nameOf(Guarantee::Means means);

}  // namespace rw
