// Why this row, and why no row: the questions, and their answers.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/data/batch.h"
#include "core/lineage/window_total.h"
#include "core/lineage/with_late.h"
#include "core/pipeline/node_kind.h"
#include "core/runtime/planning/plan.h"
#include "core/stream/lineage/tells_partitions.h"
#include "core/tape/tape_file.h"

namespace rw {

/// Whose rows are asked about, and what is read to answer.
struct LineageQuestion {
    std::shared_ptr<const Plan> plan{};  ///< of the pipeline; it outlives the call
    const Catalogue* catalogue = nullptr;
    NodeId node{};             ///< inside a subflow “outer/inner”
    std::string port{};        ///< an output port, or empty: its first, of a sink what comes in
    std::string where{};       ///< SQL over the columns of the port
    /// In place of `where`: the row itself. Its columns are those of the port that have their names and
    /// types; what it lacks, or where a column is null, may be anything.
    Batch row{};
    /// Besides `where`, which may be empty then: the number of the row in its source, from 0; −1: any.
    std::int64_t position = -1;
    TapeFileRef tape{};        ///< that is replayed; null: bounded sources are read again
    std::size_t rows = 1'000;  ///< kept of each port; all are counted
    std::size_t bytes = std::size_t{64} << 20;                 ///< likewise, of each port
    /// Of whyRow(): of the first ports on the way that have more rows than are kept, those behind the newest
    /// so many; the steps above are of these. At most kMostPassedBy.
    std::size_t after = 0;
    bool displaced = false;  ///< of whyRow(): also which rows had to go for the row; it costs two more runs
    std::function<bool()> isCancelled = [] { return false; };  ///< asked on one thread at a time
    std::shared_ptr<const Files> files{};                      ///< null: the machine's
    std::shared_ptr<Clock> clock{};                            ///< null: the system's
};

inline constexpr std::size_t kMostPassedBy = 1'000'000;

/// An edit of the pipeline by which rows that had no part would have one.
struct LineageMend {
    Text label{};                   ///< of its button
    Text does{};                    ///< all that it changes
    std::vector<QuickFix> edits{};  ///< that are one step; none: it leads to a field
    NodeId node{};                  ///< of that field
    std::string param{};
};

/// Where a row of a source is from.
struct RowOrigin {
    std::int64_t number = -1;        ///< of the row in its source or partition, from 0; −1: not known
    std::string partition{};         ///< empty: the source has none, or it is not known
    /// What `partition` names, of a source that reads topics; nothing: another source, or it is not known.
    std::optional<TopicPartition> topic{};
    std::optional<std::int64_t> offset{};  ///< in `topic`, not negative; nothing: an older tape lacks it
    std::string file{};              ///< empty: it is in no file, or not known in which
    std::uint64_t line = 0;          ///< of its first byte in the file, from 1
    std::string text{};              ///< of the row as it stands in the file, without its line end
    std::optional<Instant> taped{};  ///< wall time at which the recorded run read it
};

struct LineageRow {
    Batch row{};                        ///< one row
    Millis lateBy = 0;                  ///< of a row that came too late
    Text why{};                         ///< of one that was left out: the condition and its value
    std::optional<RowOrigin> origin{};  ///< of a source's
};

/// Rows that a node had at its input and did not let through.
struct LeftOut {
    NodeId node{};
    bool rejected = false;  ///< something in them could not be computed; false: a condition was not true
    SchemaRef schema{};
    std::uint64_t count = 0;
    std::vector<LineageRow> rows{};
    std::vector<LineageMend> mends{};
};

/// The rows of one port that had a part in those of the step below.
struct LineageStep {
    PortRef from{};      ///< whose rows these are
    std::string type{};  ///< of that node
    bool source = false;
    NodeId to{};                ///< the node that they came to
    std::string input{};        ///< the port there
    std::vector<Text> words{};  ///< which rows these are
    SchemaRef schema{};
    std::uint64_t count = 0;         ///< that had a part
    std::uint64_t after = 0;         ///< of them newer ones, which were passed by
    std::vector<LineageRow> rows{};  ///< the last of them, newest first
    bool counted = false;            ///< learnt from: they are not followed, and not listed
    WindowTotal together{};          ///< of rows that made one row of a window or a group
    bool judged = false;             ///< by a window, which late ones miss: without any, there were none
    // Rows that would have had a part
    std::uint64_t lateCount = 0;
    std::vector<LineageRow> late{};
    Text lateMend{};  ///< what would have let all of them in
    std::vector<LeftOut> leftOut{};
    WithLate withLate{};  ///< what the row of `to` would be with the late rows of all steps to it
    std::vector<LineageMend> mends{};  ///< by which it would have a partner, or its late rows a part
};

/// Rows that have no place at a node, for the row that is explained, and others, have all.
struct LineageDisplaced {
    NodeId node{};
    std::vector<Text> words{};  ///< which rows these are
    SchemaRef schema{};
    std::uint64_t count = 0;
    std::vector<LineageRow> rows{};  ///< first the one that would be the next to have a place
};

/// A row of a source that brought its watermark to where a window fired.
struct WatermarkRaiser {
    NodeId source{};
    LineageRow row{};
};

struct RowLateness {
    Millis by = 0;                       ///< as the column late_by
    std::optional<Instant> windowEnd{};  ///< of the last window that it missed; nothing: the node has none
};

struct Lineage {
    SchemaRef schema{};
    std::uint64_t matched = 0;    ///< rows that the question's condition is true of
    std::vector<Batch> others{};  ///< of these, besides `row`, some, one row each
    Batch row{};                  ///< the one that is explained
    /// Of a row of a window: the watermark at which it fired, and who raised it to that. Of a row that came
    /// too late, which left by a late port: the watermark by which it was late.
    std::optional<Instant> firedAt{};
    std::vector<WatermarkRaiser> raisers{};
    std::optional<RowLateness> late{};  ///< of a row of a late port
    std::vector<LineageStep> steps{};  ///< from the row up to the sources
    std::vector<NodeId> displacers{};  ///< nodes on the way that could tell which rows had to go for it
    std::vector<LineageDisplaced> displaced{};  ///< by each of them, if that was asked
    std::vector<Text> notes{};
};

/// Which rows made the row that is `row`, or that `where` is true of (of several the last, which is told). An
/// error: there is none, a node on the way can't tell, nothing was kept that could be read again, there are
/// no rows behind those that are to be passed by, or no node on the way displaces rows. Calling thread, until
/// it is done.
Result<Lineage> whyRow(const LineageQuestion& question);

/// What became of the rows that a missing row would need, at one port.
struct MissingStep {
    PortRef from{};
    std::string type{};
    bool source = false;
    SchemaRef schema{};
    std::uint64_t count = 0;         ///< rows here that would make it
    std::vector<LineageRow> rows{};  ///< the last of them
};

/// A source, or one of its partitions, that holds back the watermark that an open window waits for.
struct WatermarkHolder {
    NodeId source{};
    std::string partition{};            ///< empty: the source has none, or none of them is behind
    Instant watermark = kMinTimestamp;  ///< of it; kMinTimestamp: it has none yet
    /// Wall time of the recorded run at which the watermark came there; nothing: it is not known.
    std::optional<Instant> since{};
    bool sinceBefore = false;  ///< it was there before: that is where the kept input begins
    Millis lasts = 0;          ///< from then to the end of what was kept
};

/// Rows that did not get beyond a node.
struct MissingEnd {
    enum class Fate : std::uint8_t {
        NoSuchRow,  ///< no source has a row with these values
        Filtered,   ///< a condition was not true of it
        Rejected,   ///< something in it could not be computed
        Late,       ///< it came too late
        Waiting,    ///< in a window that is open
        Alone,      ///< joined with nobody
        Displaced,  ///< others took its place
        Nearest,    ///< it is the row of the other input that misses being a pair with one by least
        Used        ///< it went into rows that are other than the one that is missed
    } fate = Fate::NoSuchRow;
    NodeId node{};  ///< where it ended; NoSuchRow: the source
    std::uint64_t count = 0;
    std::vector<LineageRow> rows{};
    SchemaRef schema{};
    std::vector<Text> words{};  ///< why, in sentences, and what helps
    Text ofAll{};               ///< Filtered: of which values all of them are; empty: each row says why
    std::optional<WatermarkHolder> heldBy{};  ///< Waiting: who would have to go on; nothing: it can't be told
    std::vector<LineageMend> mends{};
};

struct MissingAnswer {
    std::uint64_t there = 0;           ///< rows that are there all the same
    std::vector<Text> sought{};        ///< what the row would need, in words
    std::vector<MissingStep> steps{};  ///< sources first
    /// From the node asked about up to the sources; of one node rows that wait come before those that came
    /// too late: they are why its window has given nothing yet.
    std::vector<MissingEnd> ends{};
    std::vector<Text> notes{};
};

/// Why there is no row that is `row`, or that `where` is true of: a conjunction of equations of columns with
/// values. Where neither says anything, why there is no row at all. An error as whyRow(), and where the
/// values say nothing of the rows that it would need.
Result<MissingAnswer> whyNoRow(const LineageQuestion& question);

/// Why a join has no pair of its last rows of left: the two rows that miss being one by least, and what is
/// amiss. `where` and `row` do not count.
Result<MissingAnswer> whyNoPair(const LineageQuestion& question);

}  // namespace rw
