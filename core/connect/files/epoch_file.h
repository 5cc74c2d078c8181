// A file that takes rows once a checkpoint: each is in it once, whenever the run dies and goes on.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/files/epoch_record.h"
#include "core/connect/files/file_output.h"
#include "core/connect/files/pending_output.h"

namespace rw {

struct EpochFileOptions {
    std::string path{};    ///< as people see it
    std::string folder{};  ///< of the pipeline: a file in it is known by its name there, also when both move
    std::string sink{};    ///< the same name in all runs of one lineage, and in no other
    std::string head{};    ///< the first bytes of the file
    bool atEnd =
        false;  ///< the old content stays until the commit after setLast(); else until the first commit
    OutputMeans means{};
    std::size_t mostInMemory = std::size_t{16} << 20;  ///< bytes that wait there, and go into the checkpoint
};

/// Whether such a file can be there: a regular one, or nothing yet. Not standard output, a pipe, a device.
bool takesEpochs(const OutputFiles& files, const std::string& path);

/// The calls are those of the sink contract, the rows text in which rows end with a line end.
///
/// Rows wait in memory, and when they are too many in a file beside the output. commit() appends and syncs
/// them. A program that reads the file meanwhile sees the rows of whole checkpoints, or a part of them during
/// an append. It may see a single row cut off in the instant in which it is written across the end of a page,
/// as with any file that grows. An append that fails, as on a full disk, is taken back.
///
/// With `atEnd` the rows go to `.NAME.rill-new` beside the output, which replaces the output in the end.
///
/// The first commit() removes the files that other lineages have left beside the output. Until then this run
/// may still fail, and one of the others may be resumed.
///
/// A resumed run needs the file as the run before left it: as long as the checkpoint says, or longer by the
/// run's own rows, and with the same bytes up to there. Anything else is an error of open(), which changes
/// nothing. The first commit() cuts off the run's rows behind the checkpoint (EpochRecord); they come again.
/// Single-threaded.
class EpochFile {
 public:
    explicit EpochFile(EpochFileOptions options);
    ~EpochFile();  ///< aborts
    EpochFile(const EpochFile&) = delete;
    EpochFile& operator=(const EpochFile&) = delete;

    /// Before open(). If the checkpoint has no such file in it, the file starts empty.
    Status restore(const StateReader& state);
    static bool isIn(const StateReader& state);
    void setLast() { m_last = true; }
    Status open();
    /// Append whole rows here, then call keepShort().
    std::string& buffer() { return m_rows.open(); }
    Status keepShort() { return m_rows.spillIfLarge(); }
    Status prepare(Epoch epoch);
    void snapshot(StateWriter& out) const;
    /// Of the newest that was prepared.
    Status commit();
    void abort();
    void close();
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

 private:
    /// The state of the file in a checkpoint.
    struct Left {
        std::string name{}, target{};
        Epoch epoch = 0;
        std::uint64_t least = 0, most = 0;  ///< bytes before and behind the rows that wait
        std::uint64_t leastSum = 0, mostSum = 0;
        bool replaces = false;  ///< no row was in place before those; the old content may be
        std::uint64_t oldSize = 0, oldSum = 0;  ///< replaces: of that
        bool atEnd = false;
    };
    /// The state of a file compared with that.
    struct Found {
        enum class What { None, Shorter, Other, Part, Whole, Longer } what = What::None;
        std::uint64_t size = 0;
        std::uint64_t waiting = 0;  ///< Part, Whole, Longer: bytes of the rows that wait are there
    };
    /// The first commit()'s work on the file of a resumed run.
    struct Takeover {
        std::uint64_t size = 0;  ///< bytes that the file was found with
        /// Written before the file is cut: if the run is killed in between, the bytes behind are known as its
        /// own before and after that.
        std::optional<EpochRecord> record{};
        bool copies = false;  ///< the rows in place in the target are copied to m_place first
        bool over = false;    ///< the run was over, but for saying so
    };
    static Result<Left> loadLeft(const StateReader& record);

    // Going on: epoch_file_recovery.cpp
    Status lookBack();
    /// The file has another name than when the checkpoint was taken: whether the rows go to a new file that
    /// starts empty.
    Result<bool> beginsElsewhere() const;
    /// How the output at `path` stands, with `rows` beside it that wait.
    Result<Found> lookAt(const std::string& path, const PendingOutput& rows) const;
    Result<std::optional<std::uint64_t>> partOf(InputFile& file, std::uint64_t size,
                                                const PendingOutput& rows) const;
    Result<bool> isUnbegun(const EpochRecord* own) const;
    Status judge(const Found& found, const EpochRecord* own, bool unbegun);
    Status beginAgain();
    Status goOnWith(const Found& found, const EpochRecord* own);
    /// The file that shall replace the target is not there: it has done so, or is made from the target again.
    Status takeFromTarget(bool unbegun);
    Status takeOver();
    Status copyTarget();
    /// Where the rows are found that are in place.
    const std::string& foundAt() const { return m_takeover && m_takeover->copies ? m_target : m_place; }
    bool isOwn(const EpochRecord& record, std::uint64_t size) const;
    Status notAsLeft(const Found& found) const;

    std::string name() const;
    Status openPlace();
    Status createPlace();
    /// The first commit(): from here on the run owns the output.
    Status begin();
    Status lookAtOld();
    Status stillThere(std::uint64_t length) const;
    Status appendPrepared();
    Status append();
    Status commitEpoch();
    Status remember(bool replaces, std::uint64_t least, std::uint64_t leastSum) const;
    static bool isThere(Found::What what) { return what >= Found::What::Part; }
    bool isStaged() const { return m_place != m_target; }

    const EpochFileOptions m_options;
    const std::shared_ptr<OutputFiles> m_files;
    const std::string m_target;
    std::string m_sink;
    std::string m_place;  ///< of the rows: the target, or the file that shall replace it
    std::unique_ptr<OutputClaim> m_claim;
    std::unique_ptr<OutputFile> m_file;  ///< at m_place; null before commit() where it is made there
    PendingOutput m_rows;
    std::optional<Left> m_left;
    std::optional<Takeover> m_takeover;  ///< nothing: it was done, or the run does not resume
    std::uint64_t m_length = 0;          ///< bytes in place, the run's own
    FileTail m_tail;                     ///< of them
    std::uint64_t m_already = 0;         ///< behind them, of the rows that wait: going on, some may be there
    bool m_replaces = true;              ///< no row is in place yet
    bool m_maybeBegun = false;           ///< m_replaces, and the record may say that rows are in place
    std::uint64_t m_oldSize = 0, m_oldSum = 0;  ///< of the content to be replaced, at the first prepare()
    bool m_waits = false;                       ///< rows were prepared and are not in place
    bool m_dirty = false;                       ///< a failed append may have left something behind m_length
    bool m_last = false, m_over = false;
    Epoch m_prepared = 0;
    /// Epochs whose rows others may have left in files, or a run before this one; from begin() on none.
    struct Leavings {
        Epoch first = 0, last = 0;
    };
    std::optional<Leavings> m_leavings;
    std::vector<Text> m_notes;
};

}  // namespace rw
