// Rows as files of WebHDFS: written under names that readers pass over, and renamed once a checkpoint has
// them.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/formats/message_encoder.h"
#include "core/connect/hadoop/webhdfs_files.h"
#include "core/stream/sink.h"

namespace rw {

/// Where and how a sink writes; shared by its instances.
struct WebhdfsTarget {
    std::string connection{};
    std::string folder{};  ///< absolute
    std::string ending{};  ///< of the names of files, “.json”
    std::string head{};    ///< the first bytes of each file
    EncoderOptions encoder{};
    std::size_t rollBytes = std::size_t{128} << 20;  ///< a file is finished when it is so large
    Millis rollAfter = 600'000;                      ///< or when its first row is so old
    Millis giveUpAfter = 60'000;
};

/// The rows of a file are kept in memory until it is finished, and written at once: WebHDFS can't be asked to
/// take back a part of what was appended. With checkpoints a file is finished by its size, or at the first
/// barrier at which it is old enough, or has more than kMostInCheckpoint; until then its rows are in the
/// checkpoints. So no row is lost, and small files are not made for each checkpoint.
///
/// Files are `part-LINE-NUMBER.json`, the line naming the run and those that resume it. Before the rename
/// they are
/// `.part-LINE-NUMBER.json.inprogress`. Numbers go on with a run that resumes; its first commit removes files
/// of its line with numbers that its checkpoint does not know.
class WebhdfsSink final : public Sink {
 public:
    static constexpr std::size_t kMostInCheckpoint = std::size_t{16} << 20;

    /// The context is that of the call that makes the sink.
    WebhdfsSink(const WebhdfsTarget& target, const MakeContext& context, NodeConnection connection);
    ~WebhdfsSink() override;

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    Status open() override;
    Status onBatch(const Batch& batch) override;
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status onWatermark(Instant) override { return rollByAge(); }
    Status onIdle() override { return rollByAge(); }
    void setLast() override { m_last = true; }
    Status prepare(Epoch epoch) override;
    Status commit(Epoch epoch) override;
    void abort() override;
    bool hasVisibleOutput() const override { return m_placed > 0; }
    void close() override { m_files.close(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::optional<SinkStanding> standing() const override { return m_files.standing(); }
    std::vector<Text> takeNotes() override;

 private:
    /// A file that was written and waits for its name.
    struct Staged {
        std::string folder{}, ending{};
        std::uint64_t number = 0, bytes = 0;
    };
    std::string finalPath(const Staged& file) const;
    std::string stagedPath(const Staged& file) const;
    Status rollByAge();
    bool isOld() const;
    Status finishFile();
    /// Those before that number get their names.
    Status placeBefore(std::uint64_t number);
    Status place(const Staged& file);
    /// The first commit: files of the line that the checkpoint does not know go.
    Status cleanUp(const std::string& folder);
    std::string form() const;
    /// An error where files of the state wait for their names in another file system.
    Status waitHere(const StateReader& state) const;
    void leaveOut(const Batch& batch, std::size_t row, const Text& reason);

    const WebhdfsTarget& m_target;
    const bool m_inEpochs, m_bounded;
    const std::shared_ptr<Clock> m_clock;
    const std::unique_ptr<const MessageEncoder> m_encoder;
    const std::string m_address;
    WebhdfsFiles m_files;
    std::string m_line{};  ///< in names
    EncodedMessages m_messages{};
    std::vector<Unwritable> m_unwritable{};
    std::string m_rows{};            ///< of the file that is not finished
    std::string m_ending{};          ///< of its name
    std::string m_form{};            ///< and how its rows are written: an edited pipeline begins another file
    Instant m_firstAt = 0;           ///< wall time at which its first row came
    std::uint64_t m_next = 0;        ///< number of that file
    std::vector<Staged> m_staged{};  ///< in the order of their numbers
    std::uint64_t m_known = 0;     ///< files before it are known to the checkpoint that the run resumed from
    std::string m_oldFolder{};     ///< in which that wrote; empty: it resumed from none
    std::uint64_t m_prepared = 0;  ///< files before it wait for the decision
    std::uint64_t m_placed = 0;    ///< files that have got their names
    bool m_begun = false, m_last = false;
    std::vector<Text> m_notes{};
};

}  // namespace rw
