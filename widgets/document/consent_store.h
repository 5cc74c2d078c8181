// What the user agreed to and what pipelines wrote, in the user's data folder: never in a pipeline's file,
// which strangers write. Things are kept as fingerprints, a file a pipeline. What can't be read is forgotten,
// so that the worst is a question asked once more; what can't be written is kept until the program ends.
//
// Safe from any thread, and beside other programs: each change is made to what the others left.
#pragma once
#include <QString>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/base/files.h"

namespace rw::ui {

/// What is known of one pipeline. Keys are fingerprints of Touch::identity().
struct ConsentRecord {
    std::set<std::string> allowed;  ///< what its runs may touch
    /// What its runs wrote, and for whole files how the last run left them; none while a run may be writing,
    /// or of a table.
    std::map<std::string, std::optional<FileState>> written;
};

class ConsentStore {
 public:
    /// In `folder`, which is made; empty: rillwright/consent in the user's data folder.
    explicit ConsentStore(const QString& folder = {});

    /// `pipeline`: the path of its file with links followed, or another name of it. Those beginning with
    /// kUnsaved are kept until the program ends.
    ConsentRecord read(const std::string& pipeline) const;
    void change(const std::string& pipeline, const std::function<void(ConsentRecord&)>& change);

    /// Bytes of pipelines that this user's program saved, by fingerprint. Older ones than some thousands are
    /// forgotten.
    bool wasSaved(const std::string& bytes) const;
    void addSaved(const std::string& bytes);

    static constexpr char kUnsaved[] = "unsaved:";

 private:
    QString fileOf(const std::string& pipeline) const;

    const QString m_folder;
    mutable std::mutex m_mutex;  ///< guards what follows
    std::map<std::string, ConsentRecord> m_unsaved;
    std::set<std::string> m_savedHere;
};

}  // namespace rw::ui
