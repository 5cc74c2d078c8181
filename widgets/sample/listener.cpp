#include "widgets/sample/listener.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/background/background.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/secrets/secret_dialog.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

Status notKept() {
    return {ErrorCode::Refused,
            RW_TEXT("sample rows",
                    "What was heard is not kept on disk: the pipeline says that no input may be.")};
}

Status connectionGone() {
    return {
        ErrorCode::Refused,
        RW_TEXT("sample rows", "What was heard is not kept on disk: its connection was removed meanwhile.")};
}

}  // namespace

Listener::Listener(PipelineDocument& document, const RunSession& session, const RunConsent* consent,
                   QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_consent(consent) {
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        cancel();
        forgetMemory();  // it was of another pipeline
    });
    connect(&session, &RunSession::stateChanged, this, &Listener::followRun);
    followRun();
}

void Listener::followRun() {
    // One that begins takes the ports, and the messages, that are listened to.
    if (m_session.state() == RunSession::State::Starting) cancel();
    const bool here = m_session.isActive() && !m_session.shownRun().isElsewhere();
    if (!here) {
        m_finding.drop();
        m_heldOf.reset();
        m_held.reset();
        return;
    }
    if (m_heldOf == m_session.runningPipeline()) return;
    m_heldOf = m_session.runningPipeline();
    m_held.reset();
    m_finding.ask(
        [running = *m_heldOf, catalogue = m_document.sharedCatalogue(),
         options = m_document.validateOptions()] { return heldByRun(running, *catalogue, options); },
        [this](HeldByRun held) {
            m_held = std::make_shared<const HeldByRun>(std::move(held));
            Q_EMIT changed();
        });
}

std::optional<NoLook> Listener::whyNotNow(const NodeId& source) const {
    if (!m_session.isActive()) return std::nullopt;
    const bool elsewhere = m_session.shownRun().isElsewhere();
    const bool begins = m_session.state() == RunSession::State::Starting;
    if (!elsewhere && !begins && m_session.replayClock()) return std::nullopt;  // it reads a tape
    const Validated& checked = m_document.validated();
    const Pipeline& drawn = checked.expanded ? checked.expanded->pipeline : m_document.pipeline();
    const Node* const found = drawn.find(source);
    if (found == nullptr) return std::nullopt;
    Node node = *found;
    std::vector<Issue> unused;
    std::vector<std::string> unknown;
    substituteAll(node.params, variablesOf(m_document.pipeline(), m_document.validateOptions(), unused),
                  unknown);
    const auto typed = checked.nodes.find(source);
    const HeldByRun nothing;
    return takenFromRun(node, typed == checked.nodes.end() ? nullptr : typed->second.bound.get(),
                        elsewhere ? &nothing : m_held.get());
}

void Listener::listen(std::vector<NodeId> sources, QWidget* over) {
    cancel();
    std::erase_if(sources, [this](const NodeId& source) { return whyNotNow(source).has_value(); });
    if (sources.empty()) return;
    m_sources = std::move(sources);
    m_over = over;
    m_trouble.clear();
    Q_EMIT changed();
    check({});
}

void Listener::cancel() {
    if (!isBusy()) return;
    m_work.drop();
    end({});
}

/// Links and files are looked at away from the window: a disk may not answer.
void Listener::check(const ConsentRequest& agreed) {
    m_version = m_document.version();
    if (m_consent == nullptr) return begin();
    CheckedStart checked{m_version, m_consent->subject()};
    checked.onlyCharts = true;
    m_work.ask(
        [pipeline = m_document.pipeline(), options = m_document.validateOptions(),
         catalogue = m_document.sharedCatalogue(), connections = m_document.runConnections(),
         consents = m_consent->consents(), sources = m_sources, checked = std::move(checked),
         agreed]() mutable {
            StartRequest request{onlySources(pipeline, *catalogue, options, sources), options, catalogue};
            request.connections = connections;
            checked = checkStart(request, consents, std::move(checked), agreed);
            if (connections && !checked.request.untrusted)
                checked.unheld = toBeTyped(checked.needed, *connections);
            return checked;
        },
        [this](const CheckedStart& answer) { takeCheck(answer); });
}

void Listener::takeCheck(const CheckedStart& checked) {
    // The answer is being taken: another question, or a dialog, comes behind that.
    QMetaObject::invokeMethod(
        this,
        [this, checked] {
            if (!isBusy() || m_work.isWaiting()) return;
            const bool same = checked.version == m_document.version() &&
                              checked.subject.path == m_document.path().toStdString();
            if (!same) return check({});
            if (checked.request.untrusted) return ask(checked.request);
            if (!checked.unheld.empty()) return askSecrets(checked);
            begin();
        },
        Qt::QueuedConnection);
}

void Listener::ask(const ConsentRequest& request) {
    auto* dialog = new ConsentDialog(request, m_document.displayName(), m_over ? m_over->window() : nullptr,
                                     {.of = ConsentPurpose::Of::Listening});
    hold(*dialog, request, tr("Not listened: you declined."));
}

void Listener::askSecrets(const CheckedStart& checked) {
    auto* dialog = new SecretDialog(checked.unheld, m_document.displayName(),
                                    m_over ? m_over->window() : nullptr, SecretDialog::For::Listening);
    hold(*dialog, checked.agreed, tr("Not listened: a secret was not typed."));
}

void Listener::hold(QDialog& dialog, const ConsentRequest& agreed, const QString& refused) {
    m_dialog = &dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    connect(&dialog, &QDialog::accepted, this, [this, agreed] {
        m_dialog.clear();
        if (isBusy()) check(agreed);
    });
    connect(&dialog, &QDialog::rejected, this, [this, refused] {
        m_dialog.clear();
        if (isBusy()) end(refused);
    });
    dialog.open();
}

void Listener::begin() {
    m_work.ask(
        [pipeline = m_document.pipeline(), options = m_document.validateOptions(),
         catalogue = m_document.sharedCatalogue(), connections = m_document.runConnections(),
         sources = m_sources](const Latest::Question& asked) {
            ListenRequest request{pipeline, *catalogue};
            request.validating = options;
            request.sources = sources;
            request.within = kWithin;
            request.connections = connections;
            request.isCancelled = [asked] { return asked.isDropped(); };
            Answer answer;
            answer.listened = rw::listen(request);
            const HeardStore store;
            const bool mayKeep = keepsInput(pipeline.settings);
            for (const Heard& heard : answer.listened.sources) {
                const bool keeps = heard.rows.count() > 0 && !asked.isDropped();
                const Status kept = !keeps    ? Status()
                                    : mayKeep ? store.keep(heard.by, heard.rows)
                                              : notKept();
                answer.kept.push_back(kept);
            }
            return answer;
        },
        [this](Answer answer) { take(std::move(answer)); });
}

void Listener::take(Answer answer) {
    QStringList words;
    const auto say = [&words](const Text& message, const Text& fix) {
        if (message.empty()) return;
        words << (fix.empty() ? translated(message) : translated(message) + u' ' + translated(fix));
    };
    for (const Issue& issue : answer.listened.issues) say(issue.message, issue.fix);
    auto inMemory = std::make_shared<HeardInMemory>(*m_inMemory);
    for (std::size_t source = 0; source < answer.listened.sources.size(); ++source) {
        Heard& heard = answer.listened.sources[source];
        if (answer.listened.issues.empty()) say(heard.missing, heard.fix);
        if (heard.rows.count() == 0) continue;
        Status kept = answer.kept[source];
        inMemory->erase(heard.by.key);
        // What was said meanwhile counts: an edit, or the removal of a connection.
        if (kept.ok() && !mayStay(heard.by)) {
            runInBackground(this, [key = heard.by.key]() -> std::function<void()> {
                (void)HeardStore().forget(key);
                return [] {};
            });
            kept = keepsInput(m_document.pipeline().settings) ? connectionGone() : notKept();
        }
        if (kept.ok()) continue;
        // It is shown all the same, as long as this window is open.
        say(kept.error().message, kept.error().fix);
        inMemory->emplace(heard.by.key, std::move(heard.rows));
    }
    m_inMemory = std::move(inMemory);
    words.removeDuplicates();
    QMetaObject::invokeMethod(
        this,
        [this, words = words.join(u' ')] {
            end(words);
            Q_EMIT heard();
        },
        Qt::QueuedConnection);
}

void Listener::end(const QString& trouble) {
    m_sources.clear();
    m_trouble = trouble;
    if (m_dialog) m_dialog->close();
    Q_EMIT changed();
}

bool Listener::mayStay(const HeardBy& by) const {
    if (!keepsInput(m_document.pipeline().settings)) return false;
    const KnownConnections& known = m_document.connections();
    if (!known || !known->trouble.ok()) return true;
    return std::all_of(by.connections.begin(), by.connections.end(), [&](const std::string& name) {
        return std::any_of(known->connections.begin(), known->connections.end(),
                           [&](const KnownConnection& one) { return one.name == name; });
    });
}

void Listener::forgetMemory() {
    m_inMemory = std::make_shared<HeardInMemory>();
}

void Listener::forget(const std::set<std::string>& keys) {
    cancel();
    forgetMemory();
    m_work.ask(
        [file = m_document.path().toStdString(), keys, kept = m_session.keptInput()] {
            if (kept) kept->end();
            const HeardStore store;
            (void)store.forgetPipeline(file);
            for (const std::string& key : keys) (void)store.forget(key);
            return true;
        },
        [this](bool) { QMetaObject::invokeMethod(this, &Listener::heard, Qt::QueuedConnection); });
}

bool Listener::runKeepsRows() const {
    if (m_session.shownRun().isElsewhere()) return false;
    const HeardHere now = here();
    if (now.kept) return now.kept->kept().trouble.empty();
    return !now.tape.empty() && m_session.recordingTrouble().empty() &&
           m_session.snapshot().metrics.tape.bytes <= kLargestTape;
}

HeardHere Listener::here() const {
    const bool recorded = !m_session.keptInput() && !m_session.replayClock();
    return {m_session.keptInput(), recorded ? m_session.lastTape().toStdString() : std::string(), m_inMemory};
}

}  // namespace rw::ui
