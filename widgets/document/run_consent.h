// Whether a run may start: asks once before it overwrites what the pipeline did not write, and shows what a
// pipeline that comes from elsewhere would touch before it runs first. A pipeline is known by the bytes that
// this user's program saved; saving does not make a stranger's pipeline one's own before it was agreed to.
// What the pipeline wrote is its own as long as it stands as a run left it that came to its end.
#pragma once
#include <QObject>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "widgets/document/consent_store.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_question.h"

namespace rw::ui {

/// Which pipeline a run is of.
struct RunSubject {
    std::string path{};  ///< of its file; empty: it has none
    Origin origin{};
    bool untouched = false;  ///< nothing was changed since it was opened
};

/// The outputs of one run. When the run is over, what stands there is the pipeline's own, as it is then.
class RunOutputs {
 public:
    RunOutputs(std::shared_ptr<ConsentStore> store, const std::string& pipeline, std::vector<Touch> written);
    ~RunOutputs() { settle(); }
    RunOutputs(const RunOutputs&) = delete;
    RunOutputs& operator=(const RunOutputs&) = delete;

    /// The run has closed its outputs. Looks at the disk; only the first call counts. Any thread.
    void settle();

 private:
    const std::shared_ptr<ConsentStore> m_store;
    const std::vector<Touch> m_written;
    const std::shared_ptr<OpenOutputs> m_open;
    std::atomic<bool> m_settled = false;
};

/// What was agreed to, to be asked on any thread, also on one that nobody waits for any more: all of it looks at
/// the disk. Copies are the same.
class Consents {
 public:
    /// Kept in `folder`; empty: in the user's data folder.
    explicit Consents(const QString& folder) : m_store(std::make_shared<ConsentStore>(folder)) {}

    /// What must be agreed to; empty: nothing.
    RunQuestion ask(const RunSubject& subject, const std::vector<Touch>& touches) const;
    void allow(const RunSubject& subject, const RunQuestion& question) const;
    /// A run starts.
    std::shared_ptr<RunOutputs> begin(const RunSubject& subject, const std::vector<Touch>& touches) const;
    /// The pipeline was saved: `before` is what it was then.
    void saved(const RunSubject& before, const RunSubject& now) const;

 private:
    std::shared_ptr<ConsentStore> m_store;
};

class RunConsent : public QObject {
    Q_OBJECT
 public:
    /// Keeps what it learns in `folder`; empty: in the user's data folder. The document must outlive it.
    explicit RunConsent(PipelineDocument& document, const QString& folder = {}, QObject* parent = nullptr);

    RunSubject subject() const;
    const Consents& consents() const { return m_consents; }

 private:
    void saved(const QString& before, const Origin& origin);

    PipelineDocument& m_document;
    const Consents m_consents;
};

}  // namespace rw::ui
