// The document on two engines: begun, followed, ended. One comparison at a time.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "core/compare/compare.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class RunConsent;

/// GUI thread; waiting for clusters and disks is on threads of its own. The pipeline on the canvas is
/// compared, saved or not. Another document ends it, and takes its report away.
class CompareSession : public QObject {
    Q_OBJECT
 public:
    enum class State {
        None,  ///< nothing was compared, or it was ended before it was done
        Running,
        Ending,  ///< the same, but it was cancelled
        Done     ///< there is a report(), or a failure()
    };
    Q_ENUM(State)
    /// How pipelines are compared: comparePipeline(); tests have others.
    using Comparing = std::function<Result<CompareReport>(const CompareRequest&)>;
    /// How long a comparison that was cancelled is waited for; after that it ends without being seen.
    static constexpr int kHeldMillis = 20'000;
    /// At the end of the program a comparison under way is waited for, but not longer.
    static constexpr int kEndMillis = 5'000;

    /// The document must outlive it. `secrets`: as CompareRequest::secrets.
    CompareSession(PipelineDocument& document, SecretSource secrets, QObject* parent = nullptr);
    ~CompareSession() override;
    void setComparing(Comparing how) { m_how = std::move(how); }
    /// A pipeline from elsewhere is compared only after the user agreed to run it. Must outlive it; null: the
    /// user is not asked.
    void setConsent(const RunConsent* consent) { m_consent = consent; }

    /// Of the document as it is now; nothing while one is under way.
    void start(const CompareSide& a, const CompareSide& b);
    void cancel();

    State state() const { return m_state; }
    bool isActive() const { return m_state == State::Running || m_state == State::Ending; }
    bool wasCancelled() const { return m_wasCancelled; }  ///< the last one, before it was done
    const Text& doing() const { return m_doing; }         ///< now; empty: not told yet
    const QDateTime& startedAt() const { return m_startedAt; }
    // Of the last one that was started.
    const CompareSide& a() const { return m_a; }
    const CompareSide& b() const { return m_b; }
    /// Null: there is none. It stays as it is when another takes its place.
    std::shared_ptr<const CompareReport> report() const { return m_report; }
    const Status& failure() const { return m_failure; }  ///< why there is no report
    /// The document would run differently from the compared pipeline.
    bool isOutdated() const { return m_outdated; }

 Q_SIGNALS:
    void changed();  ///< any of the above but doing()
    void progressed();
    void ended();  ///< state() is Done since now; told after changed()

 private:
    struct Outcome {
        Status failure{};
        std::shared_ptr<const CompareReport> report{};
    };
    /// Whether it may be compared; keeps the request to what was agreed to.
    using Permission = std::function<Status(CompareRequest&)>;
    static Outcome outcomeOf(CompareRequest& request, const Comparing& how, const Permission& may);
    Permission permission() const;
    void onDocument(const DocumentChange& change);
    void clear();
    void drop();
    void abandon();
    void finish(Outcome outcome);

    PipelineDocument& m_document;
    const SecretSource m_secrets;
    Comparing m_how = comparePipeline;
    const RunConsent* m_consent = nullptr;
    State m_state = State::None;
    std::shared_ptr<std::atomic<bool>> m_cancelled{};  ///< whose result counts all the same
    QTimer m_held{};                                   ///< since it was cancelled
    CompareSide m_a{}, m_b{};
    Pipeline m_compared{};
    Text m_doing{};
    QDateTime m_startedAt{};
    std::shared_ptr<const CompareReport> m_report{};
    Status m_failure{};
    bool m_wasCancelled = false;
    bool m_outdated = false;
    Worker m_worker;
    Latest m_comparing{this};
};

}  // namespace rw::ui
