// Operations on the files of WebHDFS for callers that may wait: sinks, and those who look at a connection.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/hadoop/webhdfs_client.h"
#include "core/connect/hadoop/webhdfs_place.h"
#include "core/connect/web/sink_patience.h"

namespace rw {

/// Single-threaded, but for standing(). What fails because the server is away, busy, in safe mode or a
/// standby is tried again until `giveUpAfter`, or until the run is being stopped.
class WebhdfsFiles {
 public:
    /// `giveUpAfter`: 0: nothing is tried again.
    WebhdfsFiles(NodeConnection connection, Millis giveUpAfter, std::function<bool()> stopping);

    /// Nothing: there is no such file.
    Result<std::optional<WebhdfsStatus>> state(const std::string& path);
    /// Of a folder; none where there is no such folder.
    Result<std::vector<WebhdfsStatus>> list(const std::string& folder);
    /// Writes a whole file, in place of one that is there, and its folders. It is there in full afterwards.
    Status create(const std::string& path, std::string_view bytes);
    /// False: it was not renamed, for there is no such file, or there is one of the new name.
    Result<bool> rename(const std::string& from, const std::string& to);
    /// Success, too, where there is none.
    Status remove(const std::string& path);
    /// An error where this user may not make files there; success where the server can't be asked that.
    Status mayWriteInto(const std::string& folder);
    /// Fewer bytes where the file ends.
    Result<std::string> read(const std::string& path, std::uint64_t offset, std::size_t most);
    /// Of the user of the connection.
    Result<std::string> homeFolder();

    /// With less patience from here on, or again with that of the constructor: the start of a run waits.
    void hastenStart(bool hastened);
    /// From here on nothing is tried again, and all that is asked takes no longer than this together.
    void hurry(Millis within);
    /// The same, also where the run is being stopped, for what is tidied up behind it.
    void hurryAtEnd(Millis within);
    void close() { m_client.reset(); }
    SinkStanding standing() const { return m_patience.standing(); }
    std::vector<Text> takeNotes() { return m_patience.takeNotes(); }

 private:
    Result<HttpAnswer> ask(const WebhdfsRequest& request);
    bool isOver();

    WebhdfsClient m_client;
    const Millis m_usually;  ///< that of the constructor
    Millis m_giveUpAfter = m_usually;
    SinkPatience m_patience;
    std::int64_t m_until = -1;  ///< steady milliseconds; less than 0: there is no hurry
    bool m_atEnd = false;
};

}  // namespace rw
