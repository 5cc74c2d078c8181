// Reads files of WebHDFS, on the thread of a source.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/connect/files/row_cutter.h"
#include "core/connect/hadoop/webhdfs_client.h"
#include "core/connect/hadoop/webhdfs_finder.h"
#include "core/connect/hadoop/webhdfs_reading.h"
#include "core/stream/waiting/progress_board.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// Files are read one after the other, in the order of their paths, each up to the length that it had when it
/// was found. With `follow`, a file is begun when two looks have found it the same, for others may be writing
/// it; those that are found later come behind the others, and what was appended to one is read as one more. A
/// file that was replaced is read from its start, or ends the run where its rest alone was to be read.
///
/// A file system that is away, in safe mode or a standby is disconnected: it is asked again after a pause
/// that doubles up to a minute. What else goes wrong ends the run, but a file that vanishes before it was
/// read to its end: with `follow` the others go on.
class WebhdfsReader final : public SourceReader {
 public:
    struct About {
        WebhdfsReading reading{};
        WebhdfsPosition from{};
        WantedParts wanted{};
        std::shared_ptr<const Framing> framing{};
        std::shared_ptr<Clock> clock{};
        std::shared_ptr<ProgressBoard> board{};
        std::shared_ptr<WebhdfsAmount> amount{};
    };
    WebhdfsReader(NodeConnection connection, About about);
    ~WebhdfsReader() override;

    Result<Read> read(Millis within, ReadOutput& out) override;

 private:
    struct File {
        std::string path{};
        std::uint64_t length = 0, from = 0;
        std::uint64_t checksum = 0;  ///< of the bytes before `from`
        Instant changed = 0;
        bool skipping = false;
    };
    enum class Step : std::uint8_t { Waits, GoesOn, Gave, Over };
    Result<Step> goOn(Millis within, ReadOutput& out);
    /// Asks for what is needed next, if something is.
    Result<Step> begin(Millis within, ReadOutput& out);
    Status ask(const std::string& path, const char* op);
    Result<Step> take(const Result<std::optional<HttpAnswer>>& answer, ReadOutput& out);
    Status takeListing(const HttpAnswer& answer);
    /// All folders were listed: what is to be read.
    Status endRound(ReadOutput& out);
    /// The file in whose middle the checkpoint is goes on at once, before all others: the position has one
    /// such place. With `follow` up to the length that it had, for others may be writing it.
    Status goOnWith(const WebhdfsStatus& file, ReadOutput& out);
    /// What was read of a file before; nothing: there is nothing new in it.
    std::optional<WebhdfsLength> newFrom(const WebhdfsStatus& file, ReadOutput& out);
    /// With `follow`: the last look found it the same. Keeps it for the next look otherwise.
    bool rests(const WebhdfsStatus& file, std::unordered_map<std::uint64_t, WebhdfsStatus>& seen) const;
    Status missesResumed(ReadOutput& out);
    void forget(std::uint64_t file);
    /// Nothing more is read of the current file.
    void leaveCurrent();
    void forgetBut(const std::vector<WebhdfsStatus>& files);
    void openNext();
    Status takeBytes(std::string_view bytes, ReadOutput& out);
    /// Whether the file is still the one that was read up to `from`, by its bytes before that; takes them
    /// off.
    bool isSame(std::string_view& bytes);
    /// The current file is another one, or shorter, than the one whose reading began.
    Status changed(Text message, ReadOutput& out);
    void givePiece(const FilePiece& piece, ReadOutput& out);
    void addRows(const FilePiece& piece, WebhdfsChunk& chunk);
    /// Tells the position behind it: the file may be removed from here on.
    void finishFile(ReadOutput& out);
    Status lose(const Status& why, ReadOutput& out);
    Result<Read> cutOff(const Status& why, ReadOutput& out);
    Read stands() const;

    const About m_about;
    const std::shared_ptr<Clock> m_real = systemClock();  // servers do not go by a simulated one
    WebhdfsClient m_client;
    WebhdfsFinder m_finder;
    RowCutter m_cutter;
    bool m_looking = true;       ///< a round of listings is under way, or is to begin
    bool m_asksListing = false;  ///< what is under way is a listing
    bool m_listed = false;       ///< a round was completed
    std::int64_t m_roundAt = 0;  ///< steady milliseconds: the next round, and the next try
    std::int64_t m_tryAt = 0;
    std::unordered_map<std::uint64_t, WebhdfsLength> m_passed;  ///< as WebhdfsPosition::passed, read ahead
    std::vector<WebhdfsPassed> m_untold{};                      ///< changes of it since the last chunk
    std::unordered_map<std::uint64_t, WebhdfsStatus> m_seen{};  ///< follow: by the look before
    std::optional<File> m_resumed{};                            ///< from the position, until it was found
    std::deque<File> m_queue{};
    std::optional<File> m_current{};
    bool m_unsure = false;                      ///< whether the current file is the one that was read before
    bool m_headLeft = false;                    ///< of the current file: its first line was not there yet
    std::uint64_t m_doneBefore = 0, m_all = 0;  ///< bytes of the files before, and of all that were found
    Millis m_backOff = 0;
    std::int64_t m_cutSince = -1;
    std::string m_toldCut{};
    std::unordered_set<std::uint64_t> m_toldReplaced{};
};

}  // namespace rw
