// The files of subflows as they were read last, so that code that must not wait for a disk knows their ports.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/file_identity.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// The parameters of a subflow: the file whose nodes it stands for, and values of that file's variables.
inline constexpr char kSubflowFile[] = "file", kSubflowValues[] = "set";

/// A file that stands for a node elsewhere.
struct SubflowFile {
    FileIdentity identity{};
    std::string text{};  ///< its bytes
    Pipeline pipeline{};
    std::vector<NodeId> inputs{}, outputs{};  ///< its nodes that are ports, kMostPorts of each at most
    std::size_t names = 0;                    ///< of nodes and variables, as often as it writes them

    static constexpr std::size_t kMostPorts = 64;
};
using SubflowFileRef = std::shared_ptr<const SubflowFile>;

/// Any thread.
class SubflowFiles {
 public:
    /// Absolute; `text` starts at `folder`.
    static std::string pathOf(const std::string& folder, const std::string& text);

    /// The file as it is now, read once more when it is another than it was. Waits for its disk.
    Result<SubflowFileRef> read(const std::string& path, const Catalogue& catalogue);
    /// As it was read last, also when it is gone since; null: it never was.
    SubflowFileRef known(const std::string& path) const;

    /// A subflow whose parameter is `words` means the file at `path`. The last call counts: a program edits one
    /// pipeline.
    void remember(const std::string& words, const std::string& path);
    /// The ports of a subflow with these parameters; none: its file was not read yet.
    std::optional<Ports> portsOf(const Json& params) const;

 private:
    struct Known {
        std::string state;  ///< another one once the file was changed
        SubflowFileRef file;
    };
    mutable std::mutex m_mutex;  ///< never held while a disk is asked
    std::map<std::string, Known> m_files;
    std::map<std::string, std::string> m_paths;
};

}  // namespace rw
