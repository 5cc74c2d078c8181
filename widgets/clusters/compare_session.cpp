#include "widgets/clusters/compare_session.h"

#include <utility>

#include "core/connect/files/agreed_files.h"
#include "core/launch/run_accesses.h"
#include "core/pipeline/diff.h"
#include "widgets/session/run_start.h"

namespace rw::ui {

namespace {

Status comesFromElsewhere(const std::string& name) {
    return {ErrorCode::Invalid,
            RW_TEXT("compare", "“%1” comes from elsewhere, and you have not agreed to it yet.").with(name),
            RW_TEXT("compare",
                    "Run it once in the embedded engine, which shows first what it reads. Then compare.")};
}

}  // namespace

CompareSession::CompareSession(PipelineDocument& document, SecretSource secrets, QObject* parent)
    : QObject(parent), m_document(document), m_secrets(std::move(secrets)) {
    m_held.setSingleShot(true);
    m_held.setInterval(kHeldMillis);
    connect(&m_held, &QTimer::timeout, this, &CompareSession::abandon);
    connect(&document, &PipelineDocument::changed, this, &CompareSession::onDocument);
}

// Jobs and programs on clusters, and copies of sources, are gone when their thread has come to its end.
CompareSession::~CompareSession() {
    if (m_cancelled) *m_cancelled = true;
    (void)m_worker.wait(kEndMillis);
}

// As for a run: the author of the pipeline, or of a subflow's file, decides which files it reads.
CompareSession::Permission CompareSession::permission() const {
    if (m_consent == nullptr) return [](CompareRequest&) { return Status(); };
    return
        [consents = m_consent->consents(), checked = CheckedStart{m_document.version(), m_consent->subject()},
         name = m_document.displayName().toStdString()](CompareRequest& request) {
            const StartRequest start{request.pipeline, request.validate, request.catalogue};
            const CheckedStart found = checkStart(start, consents, checked, {});
            if (found.request.untrusted) return comesFromElsewhere(name);
            // These files are read, even if a link has changed by then.
            request.files = agreedFiles(found.reached.paths);
            keepTo(found.reached, request.pipeline, request.catalogue, request.validate);
            return Status();
        };
}

CompareSession::Outcome CompareSession::outcomeOf(CompareRequest& request, const Comparing& how,
                                                  const Permission& may) {
    if (Status there = provideFolder(request.validate); !there.ok()) return {std::move(there), nullptr};
    if (Status allowed = may(request); !allowed.ok()) return {std::move(allowed), nullptr};
    Result<CompareReport> report = how(request);
    if (!report.ok()) return {report.status(), nullptr};
    return {{}, std::make_shared<const CompareReport>(std::move(report).value())};
}

void CompareSession::start(const CompareSide& a, const CompareSide& b) {
    if (isActive()) return;
    clear();
    m_a = a;
    m_b = b;
    m_compared = m_document.pipeline();
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_startedAt = QDateTime::currentDateTime();
    CompareRequest request;
    request.pipeline = m_compared;
    request.validate = m_document.validateOptions();
    request.catalogue = m_document.sharedCatalogue();
    request.a = a;
    request.b = b;
    request.secrets = m_secrets;
    request.cancelled = m_cancelled.get();
    m_state = State::Running;
    auto work = [this, may = permission(), how = m_how, keep = m_cancelled,
                 request = std::move(request)](const Latest::Question& question) mutable {
        request.progress = [this, question](const Text& doing) {
            question.tell([this, doing] {
                m_doing = doing;
                Q_EMIT progressed();
            });
        };
        return outcomeOf(request, how, may);
    };
    m_comparing.ask(m_worker, std::move(work), [this](Outcome outcome) { finish(std::move(outcome)); });
    Q_EMIT changed();
}

void CompareSession::cancel() {
    if (m_state != State::Running) return;
    *m_cancelled = true;
    m_state = State::Ending;
    m_held.start();
    Q_EMIT changed();
}

// A disk, or a cluster, holds it up: it finds itself given up when that answers.
void CompareSession::abandon() {
    if (m_state != State::Ending) return;
    drop();
    m_wasCancelled = true;
    Q_EMIT changed();
}

void CompareSession::clear() {
    m_state = State::None;
    m_doing = {};
    m_compared = {};
    m_report = nullptr;
    m_failure = {};
    m_wasCancelled = m_outdated = false;
}

void CompareSession::drop() {
    m_comparing.drop();
    if (m_cancelled) *m_cancelled = true;
    if (isActive()) m_worker.abandon();
    clear();
}

void CompareSession::finish(Outcome outcome) {
    const bool gaveUp = !outcome.failure.ok() && outcome.failure.error().code == ErrorCode::Cancelled;
    // A comparison that came to its end all the same is shown, as if it had not been ended.
    m_wasCancelled = m_state == State::Ending && outcome.report == nullptr;
    m_doing = {};
    if (m_wasCancelled || gaveUp) {
        m_wasCancelled = true;
        m_state = State::None;
        Q_EMIT changed();
        return;
    }
    m_state = State::Done;
    m_failure = std::move(outcome.failure);
    m_report = std::move(outcome.report);
    m_outdated = !runAlike(m_compared, m_document.pipeline());
    Q_EMIT changed();
    Q_EMIT ended();
}

void CompareSession::onDocument(const DocumentChange& change) {
    if (change.kind == DocumentChange::Kind::Reset) {
        const bool any = m_state != State::None || m_wasCancelled;
        drop();
        if (any) Q_EMIT changed();
        return;
    }
    if (m_state != State::Done) return;
    const bool outdated = !runAlike(m_compared, m_document.pipeline());
    if (std::exchange(m_outdated, outdated) != outdated) Q_EMIT changed();
}

}  // namespace rw::ui
