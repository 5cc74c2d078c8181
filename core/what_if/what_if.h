// What if: variants of a pipeline over one input, and how their rows differ from those of the pipeline as it
// is.
//
// Each variant is a look: a run on one thread, of the part of the pipeline above the ports that are compared,
// that writes nothing, opens no connection, runs no code of users and asks nobody. All of them have one
// clock, which only goes on where nothing else is to be done, and one seed, so that they differ by their
// settings alone.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/base/time.h"
#include "core/data/value.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"
#include "core/tape/tape_file.h"

namespace rw {

/// A value that a variant has in place of the pipeline's.
struct WhatIfSetting {
    /// “node.param”; “param” where one node alone has it; or a variable of the pipeline, which comes first.
    std::string name{};
    /// Lists and maps as JSON; empty: the parameter is taken away, and has its default.
    std::string value{};
    bool operator==(const WhatIfSetting&) const = default;
};

struct WhatIfVariant {
    std::string label{};                 ///< as people wrote it
    std::optional<Pipeline> pipeline{};  ///< another version of the file; nothing: the pipeline itself
    std::vector<WhatIfSetting> settings{};
};

/// How many rows are kept of each port of each variant, as they are at the end; all are counted. Where more
/// come, and they do not change, their hashes are kept, within the same bytes.
struct WhatIfLimits {
    std::size_t rows = 200'000;
    std::size_t bytes = std::size_t{64} << 20;
    bool same = false;  ///< the rows that both sides have are in the answer, too: for those who draw them
};

inline constexpr std::size_t kMostVariants = 4;

struct WhatIfRequest {
    const Pipeline& pipeline;    ///< as in its file
    const Catalogue& catalogue;  ///< outlives the call
    ValidateOptions validating{};
    std::vector<WhatIfVariant> variants{};  ///< 1 to kMostVariants
    /// Whose rows are compared: an output port, or of a sink what comes in. Empty: of all sinks, charts and
    /// alerts.
    NodeId node{};
    std::string port{};  ///< empty: its first
    TapeFileRef tape{};  ///< that is replayed; null: bounded sources are read, by each variant again
    WhatIfLimits limits{};
    bool givesWay = true;  ///< has the processor when nobody else wants it; false: somebody waits for it
    std::function<bool()> isCancelled = [] { return false; };  ///< asked on the thread of the looks
    std::shared_ptr<const Files> files{};                      ///< null: the machine's
    std::shared_ptr<Clock> clock{};                            ///< when the runs begin; null: the system's
};

using WhatIfRow = std::vector<Value>;

/// A row that both sides have, with other values.
struct WhatIfChange {
    WhatIfRow a{}, b{};
    std::vector<bool> changed{};  ///< of each column
};

/// How the rows of a variant differ from those of the pipeline at one port.
struct WhatIfDifference {
    /// Why they can't be compared: the variant failed, there is no such port in it, or too many rows came.
    Text missing{}, fix{};
    SchemaRef schema{};      ///< the columns that both sides have, which are compared
    std::vector<int> key{};  ///< of these, the ones by which rows were matched; none: as a multiset
    std::vector<std::string> columnsOnlyA{}, columnsOnlyB{};
    std::uint64_t same = 0;
    std::vector<WhatIfRow> sameRows{};  ///< they, where WhatIfLimits::same asks for them
    // By the values of their columns, those of the key first
    std::vector<WhatIfRow> onlyA{}, onlyB{};
    std::vector<WhatIfChange> changed{};
    /// Too many rows to be kept: they were matched as a multiset by their hashes, and only counted.
    bool counted = false;
    std::uint64_t countedOnlyA = 0, countedOnlyB = 0;
    bool compared() const { return missing.empty(); }
    std::uint64_t onlyACount() const { return onlyA.size() + countedOnlyA; }
    std::uint64_t onlyBCount() const { return onlyB.size() + countedOnlyB; }
    bool isSame() const {
        return onlyACount() == 0 && onlyBCount() == 0 && changed.empty() && columnsOnlyA.empty() &&
               columnsOnlyB.empty();
    }
};

/// The rows of one side at a port.
struct WhatIfPortSide {
    std::uint64_t rows = 0;  ///< that are there at the end
    /// How far the newest row must be beyond the end of a window before its result comes, while the input
    /// goes on. Nothing: these are no results of windows, they come early and change, or sources wait
    /// differently long.
    std::optional<Millis> resultAfter{};
};

struct WhatIfPort {
    std::vector<NodeId> shown{};  ///< the sinks and charts that have these rows, or the node
    PortRef from{};               ///< the output port that they come from; the first, where they are several
    std::vector<WhatIfPortSide> sides{};          ///< as WhatIfAnswer::sides
    std::vector<WhatIfDifference> differences{};  ///< of each variant
};

/// What came of a node.
struct WhatIfNode {
    NodeId node{};
    std::uint64_t in = 0, out = 0, late = 0, rejected = 0;
    bool operator==(const WhatIfNode&) const = default;
};

/// One run.
struct WhatIfSide {
    std::string label{};  ///< of the pipeline as it is: empty
    Status failed{};      ///< why the run ended early; the pipeline itself did not
    std::uint64_t sourceRows = 0, late = 0, rejected = 0;
    std::vector<WhatIfNode> nodes{};  ///< in the order of the pipeline; those that ran
    std::vector<Text> notes{};
    double seconds = 0;
};

struct WhatIfAnswer {
    std::vector<WhatIfSide> sides{};  ///< the pipeline as it is, then the variants
    std::vector<WhatIfPort> ports{};
    /// No port differs, and every variant was compared.
    bool isSame() const;
};

/// An error where a setting names nothing or a variant is no valid pipeline (it names the variant), where the
/// input can't be read again, and where the pipeline itself fails, or it was cancelled. Calling thread, until
/// it is done.
Result<WhatIfAnswer> whatIf(const WhatIfRequest& request);

}  // namespace rw
