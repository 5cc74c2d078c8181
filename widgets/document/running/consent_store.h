// What the user agreed to and what pipelines wrote, in the user's data folder: never in a pipeline's file,
// which strangers write. Things are kept as fingerprints, a file a pipeline. What can't be read is forgotten,
// so that the worst is a question asked once more; what can't be written is kept until the program ends.
//
// Safe from any thread, and beside other programs: each change is made to what the others left.
#pragma once
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace rw::ui {

/// What a person agreed to overwrite.
struct Agreement {
    std::string content{};  ///< fingerprint of the pipeline that was to run
    std::string state{};    ///< outputState() of what stood there
};

/// What is known of one pipeline. Keys are fingerprints of Access::identity().
struct ConsentRecord {
    std::set<std::string> allowed;  ///< what its runs may access
    std::map<std::string, std::string>
        written;  ///< how the last run to end left what it wrote: outputState()
    // Not kept beyond the program: what a crash left is not known to be the pipeline's.
    std::set<std::string> open{};               ///< a run of this program is writing it, in whatever state
    std::map<std::string, Agreement> agreed{};  ///< and was not written by a run yet
};

/// A run of this program and what it writes.
struct OpenOutputs {
    std::set<std::string>
        pipelines;  ///< that it is of: one more when the pipeline is saved under another name
    std::vector<std::string> keys;
};

class ConsentStore {
 public:
    /// In `folder`, which is made; empty: rillwright/consent in the user's data folder.
    explicit ConsentStore(const QString& folder = {});

    /// `pipeline`: the path of its file with links followed, or another name of it. Those beginning with
    /// kUnsaved are kept until the program ends.
    ConsentRecord read(const std::string& pipeline) const;
    /// In one step, whoever else changes it: `change` must not call the store.
    void change(const std::string& pipeline, const std::function<void(ConsentRecord&)>& change);

    /// The person agreed to what a run will overwrite: holds until one has, and for that alone.
    void approve(const std::string& pipeline, const std::string& key, Agreement agreement);
    /// A run begins; its outputs are open until end().
    std::shared_ptr<OpenOutputs> begin(const std::string& pipeline, std::vector<std::string> keys);
    std::set<std::string> pipelinesOf(const OpenOutputs& run) const;
    /// `written`: the keys of what it has written.
    void end(const std::shared_ptr<OpenOutputs>& run, const std::set<std::string>& written);
    /// It is the same pipeline under another name, with what it wrote and what is open.
    void rename(const std::string& from, const std::string& to);

    /// Bytes of pipelines that this user's program saved, by fingerprint. Older ones than some thousands are
    /// forgotten.
    bool wasSaved(const std::string& bytes) const;
    void addSaved(const std::string& bytes);

    static constexpr char kUnsaved[] = "unsaved:";

 private:
    QString fileOf(const std::string& pipeline) const;
    ConsentRecord readKept(const std::string& pipeline) const;

    const QString m_folder;
    std::mutex m_changing;       ///< one change of a file at a time; taken before m_mutex
    mutable std::mutex m_mutex;  ///< guards what follows; never held while a disk is asked
    std::map<std::string, ConsentRecord> m_unsaved;
    std::map<std::string, std::map<std::string, Agreement>> m_agreed;  ///< by pipeline and key
    std::set<std::shared_ptr<OpenOutputs>> m_runs;
    std::set<std::string> m_savedHere;
};

}  // namespace rw::ui
