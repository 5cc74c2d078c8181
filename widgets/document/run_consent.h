// Whether a run may start: asks once before it overwrites what the pipeline did not write, and shows what a
// pipeline that comes from elsewhere would touch before it runs first. A pipeline is known by the bytes that
// this user's program saved; saving does not make a stranger's pipeline one's own before it was agreed to.
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

/// The outputs of one run. When the run is over, what stands there is the pipeline's own, as it is then.
class RunOutputs {
 public:
    RunOutputs(ConsentStore& store, std::string pipeline, std::vector<Touch> written);
    ~RunOutputs() { settle(); }
    RunOutputs(const RunOutputs&) = delete;
    RunOutputs& operator=(const RunOutputs&) = delete;

    /// The run has closed its outputs. Looks at the disk; only the first call counts. Any thread.
    void settle();

 private:
    ConsentStore& m_store;
    const std::string m_pipeline;
    const std::vector<Touch> m_written;
    std::atomic<bool> m_settled = false;
};

class RunConsent : public QObject {
    Q_OBJECT
 public:
    /// Keeps what it learns in `folder`; empty: in the user's data folder. The document must outlive it.
    explicit RunConsent(PipelineDocument& document, const QString& folder = {}, QObject* parent = nullptr);

    /// Which pipeline a run is of.
    struct Subject {
        std::string path{};  ///< of its file; empty: it has none
        Origin origin{};
        bool untouched = false;  ///< nothing was changed since it was opened
    };
    Subject subject() const;

    // ── On any thread: these look at the disk ──
    /// What must be agreed to; empty: nothing.
    RunQuestion ask(const Subject& subject, const std::vector<Touch>& touches) const;
    void allow(const Subject& subject, const RunQuestion& question);
    /// A run has started. The result must not outlive this.
    std::shared_ptr<RunOutputs> begin(const Subject& subject, const std::vector<Touch>& touches);

 private:
    void saved(const QString& before, const Origin& origin);

    PipelineDocument& m_document;
    const std::shared_ptr<ConsentStore> m_kept;  ///< also by work on files that nobody waits for any more
    ConsentStore& m_store;
};

}  // namespace rw::ui
