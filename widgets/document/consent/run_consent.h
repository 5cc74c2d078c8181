// Whether a run may start. Asks once before it overwrites outputs that the pipeline did not write, and shows
// all accesses of a pipeline from elsewhere before its first run. A pipeline is known by the bytes that this
// user's program saved; saving does not make a stranger's pipeline one's own before the user agreed to it. An
// output that the pipeline wrote is its own as long as it is as a run left it that came to its end. A consent
// makes nothing its own: it holds for the pipeline as it was then and for the output that was there, until a
// run has written or could not begin.
#pragma once
#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "widgets/document/consent/consent_request.h"
#include "widgets/document/consent/consent_store.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// Which pipeline a run is of.
struct RunSubject {
    std::string path{};  ///< of its file; empty: it has none
    Origin origin{};
    bool untouched = false;            ///< nothing was changed since it was opened
    std::string content{};             ///< fingerprint of the pipeline as it is to run, and of its tape
    std::vector<std::string> parts{};  ///< fingerprints of the files of its subflows
};

/// The changes of a run to its outputs.
struct OutputsWritten {
    std::set<NodeId> committed{};  ///< sinks that came to their end
    bool inPlace = false;          ///< the others wrote where their outputs stand, if they wrote
};

/// The outputs of one run. When the run is over, those that it has written are the pipeline's own, as they
/// are then; the others keep their owners.
class RunOutputs {
 public:
    RunOutputs(std::shared_ptr<ConsentStore> store, const std::string& pipeline, std::vector<Access> written);
    ~RunOutputs() { settle({}); }
    RunOutputs(const RunOutputs&) = delete;
    RunOutputs& operator=(const RunOutputs&) = delete;

    /// The run has closed its outputs. Looks at the disk; only the first call counts. Any thread.
    void settle(const OutputsWritten& written);

 private:
    const std::shared_ptr<ConsentStore> m_store;
    const std::vector<Access> m_written;  ///< that it may write
    const std::vector<std::optional<std::string>> m_before;
    const std::shared_ptr<OpenOutputs> m_open;
    std::atomic<bool> m_settled = false;
};

/// The consents, to be asked on any thread, also on one that is not waited for any more: all of it looks
/// at the disk. Copies are the same.
class Consents {
 public:
    /// Kept in `folder`; empty: in the user's data folder.
    explicit Consents(const QString& folder) : m_store(std::make_shared<ConsentStore>(folder)) {}

    /// The accesses to agree to; empty: none. `agreed`: those that the user agreed to just now, for this run;
    /// one may be a log that grows all the time.
    ConsentRequest requestFor(const RunSubject& subject, const std::vector<Access>& accesses,
                              const ConsentRequest& agreed = {}) const;
    /// The user agreed to run a pipeline from elsewhere.
    void allow(const RunSubject& subject, const ConsentRequest& request) const;
    /// The run with these accesses has not begun: the consents to its overwrites end with it.
    void withdraw(const RunSubject& subject, const std::vector<Access>& accesses) const;
    /// A run starts. Looks at the present outputs.
    std::shared_ptr<RunOutputs> begin(const RunSubject& subject, const std::vector<Access>& accesses) const;
    /// The pipeline was saved: `before` is the one before that.
    void saved(const RunSubject& before, const RunSubject& now) const;

 private:
    std::shared_ptr<ConsentStore> m_store;
};

class RunConsent : public QObject {
    Q_OBJECT
 public:
    /// Keeps its records in `folder`; empty: in the user's data folder. The document must outlive it.
    explicit RunConsent(PipelineDocument& document, const QString& folder = {}, QObject* parent = nullptr);

    RunSubject subject() const;
    const Consents& consents() const { return m_consents; }

 private:
    void saved(const WrittenFile& file);

    PipelineDocument& m_document;
    const Consents m_consents;
};

}  // namespace rw::ui
