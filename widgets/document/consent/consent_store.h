// The user's consents, and the outputs that pipelines wrote, in the user's data folder: never in a pipeline's
// file, which strangers write. Things are kept as fingerprints, a file a pipeline. A record that can't be
// read is forgotten, so that the worst is a question asked once more; one that can't be written is kept until
// the program ends.
//
// Safe from any thread, and beside other programs: each change is merged with those of the others.
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

/// A consent to overwrite.
struct Agreement {
    std::string content{};  ///< fingerprint of the pipeline that was to run
    std::string state{};    ///< outputState() of the old output
};

/// The record of one pipeline. Keys are fingerprints of Access::identity().
struct ConsentRecord {
    std::set<std::string> allowed;               ///< accesses that its runs may make
    std::map<std::string, std::string> written;  ///< outputState() of the outputs after the last run to end
    // Not kept beyond the program: outputs after a crash are not known to be the pipeline's.
    std::set<std::string> open{};               ///< a run of this program is writing it, in any state
    std::map<std::string, Agreement> agreed{};  ///< and was not written by a run yet
};

/// A run of this program and its outputs.
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
    /// In one step, also against other programs: `change` must not call the store.
    void change(const std::string& pipeline, const std::function<void(ConsentRecord&)>& change);

    /// The user agreed to an overwrite: holds until a run has done it or was not to begin, and for that
    /// alone.
    void approve(const std::string& pipeline, const std::string& key, Agreement agreement);
    /// The run that it was given for has not begun.
    void withdraw(const std::string& pipeline, const std::vector<std::string>& keys);
    /// A run begins; its outputs are open until end().
    std::shared_ptr<OpenOutputs> begin(const std::string& pipeline, std::vector<std::string> keys);
    std::set<std::string> pipelinesOf(const OpenOutputs& run) const;
    /// `written`: the keys of the outputs that it has written.
    void end(const std::shared_ptr<OpenOutputs>& run, const std::set<std::string>& written);
    /// It is the same pipeline under another name, with its outputs, also open ones.
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
    mutable std::mutex m_mutex;  ///< guards the members below; never held while a disk is asked
    std::map<std::string, ConsentRecord> m_unsaved;
    std::map<std::string, std::map<std::string, Agreement>> m_agreed;  ///< by pipeline and key
    std::set<std::shared_ptr<OpenOutputs>> m_runs;
    std::set<std::string> m_savedHere;
};

}  // namespace rw::ui
