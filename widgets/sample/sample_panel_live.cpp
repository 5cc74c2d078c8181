// The live sources of a sample: listening to them, and removing what was kept of them.
#include <QCoreApplication>
#include <QPushButton>
#include <QStackedLayout>
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/pipeline/subflow.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/sample/kept_rows_text.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/kept_input_text.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/segmented_control.h"

namespace rw::ui {

namespace {

enum RemovalLink { kRemoveLink, kAllLink, kCloseLink };

}  // namespace

void SamplePanel::connectLive() {
    connect(&m_listener, &Listener::changed, this, &SamplePanel::showAnswer);
    connect(&m_listener, &Listener::heard, this, &SamplePanel::takeAgain);
    connect(m_empty, &EmptyState::actionTriggered, this, &SamplePanel::listenOrCancel);
    connect(m_listen, &QPushButton::clicked, this, &SamplePanel::listenOrCancel);
    connect(m_forget, &QPushButton::clicked, this, &SamplePanel::askToRemove);
    connect(m_hint, &HintBox::actionTriggered, this, &SamplePanel::answerRemoval);
    const auto follow = [this] { refreshLiveActions(); };
    connect(&m_document, &PipelineDocument::changed, this, [this, follow](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) m_hint->hide();  // it is of another pipeline
        follow();
    });
    connect(&m_document, &PipelineDocument::validatedChanged, this, follow);
    // By then it is known whether a source needs what a run has.
    connect(&m_document, &PipelineDocument::validatedChanged, this, &SamplePanel::showAnswer);
    connect(&m_document.selection(), &Selection::changed, this, follow);
    connect(&m_session, &RunSession::stateChanged, this, follow);
    connect(&m_listener, &Listener::changed, this, follow);
}

void SamplePanel::refreshLiveActions() {
    m_listenAction->setEnabled(!m_listener.isBusy() && !sourcesAtSelection().empty());
}

/// The live sources above the selected nodes; where there are none, those of the whole pipeline. Of them
/// without those that a run needs for itself.
std::vector<NodeId> SamplePanel::sourcesAtSelection() const {
    const auto sources = [this](const std::vector<NodeId>& below) {
        return sourcesToHear(m_document.pipeline(), m_document.catalogue(), m_document.validated(), below);
    };
    const std::vector<NodeId> selected = m_document.selection().nodes();
    std::vector<NodeId> heard = selected.empty() ? std::vector<NodeId>() : sources(selected);
    if (heard.empty()) heard = sources({});
    std::erase_if(heard, [this](const NodeId& each) { return m_listener.whyNotNow(each).has_value(); });
    return heard;
}

bool SamplePanel::offersToListen(const LookedSource& source) const {
    return source.listens && !m_listener.whyNotNow(source.node);
}

/// Of the sample that is shown or was to be: those that can be listened to.
std::vector<NodeId> SamplePanel::liveSources() const {
    std::vector<NodeId> live;
    if (!m_taker.sample()) return live;
    for (const LookedSource& source : m_taker.sample()->look.sources) {
        if (offersToListen(source)) live.push_back(source.node);
    }
    return live;
}

void SamplePanel::listenOrCancel() {
    if (m_listener.isBusy()) return m_listener.cancel();
    std::vector<NodeId> live = liveSources();
    if (live.empty()) return takeAgain();
    m_listener.listen(std::move(live), this);
}

void SamplePanel::listenTo(std::vector<NodeId> sources) {
    if (sources.empty()) return;
    // Of several nodes, or none, the panel shows no rows: those of the source can be seen then.
    if (m_document.selection().single() == nullptr) m_document.selection().set({outermost(sources.front())});
    Q_EMIT seeRequested();
    m_listener.listen(std::move(sources), this);
}

void SamplePanel::listenAt(const NodeId& node) {
    listenTo(sourcesToHear(m_document.pipeline(), m_document.catalogue(), m_document.validated(), {node}));
}

std::vector<QAction*> SamplePanel::actionsOf(const NodeId& node) const {
    const NodeKind* const kind = m_document.kindOf(node);
    const bool source = kind != nullptr && kind->group == NodeGroup::Source;
    if (!source ||
        sourcesToHear(m_document.pipeline(), m_document.catalogue(), m_document.validated(), {node}).empty())
        return {};
    return {m_listenAction};
}

void SamplePanel::showListening() {
    const SampleRef sample = m_taker.sample();
    const bool asks = sample && m_document.selection().single() != nullptr;
    bool heard = false, known = false, files = false;
    for (const LookedSource& source : asks ? sample->look.sources : std::vector<LookedSource>()) {
        heard = heard || (source.heardAt != 0 && !source.ofRun);
        // A tape is the person's own: it is removed as any other file.
        known = known || (source.heardAt != 0 && (!source.ofRun || m_session.keptInput()));
        files = files || source.spreads;
    }
    m_listen->setText(m_listener.isBusy() ? tr("Cancel") : heard ? tr("Listen again") : tr("Listen 5 s"));
    m_listen->setVisible(asks && (m_listener.isBusy() || !liveSources().empty()));
    m_forget->setVisible(known);
    m_from->setVisible(files);
}

/// Why there are no rows of any source, and what helps.
QString SamplePanel::silentWords() const {
    const std::vector<LookedSource>& all = m_taker.sample()->look.sources;
    const auto offered = std::find_if(all.begin(), all.end(),
                                      [this](const LookedSource& each) { return offersToListen(each); });
    const LookedSource& source = offered != all.end() ? *offered : all.front();
    if (!source.listens) return wordsOf(source.missing, source.fix);
    if (const std::optional<NoLook> why = m_listener.whyNotNow(source.node))
        return wordsOf(why->message, why->fix);
    const QString title = appearanceOf(m_document, outermost(source.node)).title;
    if (!m_session.isActive())
        return tr("“%1” is live: listen to it for five seconds, or run the pipeline.").arg(title);
    if (!m_listener.runKeepsRows()) return tr("“%1” is live: listen to it for five seconds.").arg(title);
    return tr("“%1” is live, and the run has kept none of its rows yet: listen to it for five seconds, or "
              "take the sample again in a moment.")
        .arg(title);
}

QString SamplePanel::wordsOf(const Text& message, const Text& fix) {
    return fix.empty() ? translated(message) : translated(message) + u' ' + translated(fix);
}

/// How old the rows of live sources are.
QString SamplePanel::heardText() const {
    if (m_listener.isBusy()) return tr("listening");
    QStringList all;
    for (const LookedSource& source : m_taker.sample()->look.sources) {
        if (source.heardAt == 0) continue;
        const QString at = momentText(source.heardAt);
        all << (source.ofRun ? tr("%1 kept by the run, up to %2").arg(rowsText(source.rows), at)
                             : tr("heard %1, %2").arg(at, rowsText(source.rows)));
    }
    all.removeDuplicates();
    return all.join(QStringLiteral(" · "));
}

/// Under which what was heard of the sources that are shown is kept, perhaps for another pipeline.
std::set<std::string> SamplePanel::shownKeys() const {
    std::set<std::string> keys;
    if (!m_taker.sample()) return keys;
    for (const LookedSource& source : m_taker.sample()->look.sources) {
        if (!source.heardKey.empty()) keys.insert(source.heardKey);
    }
    return keys;
}

void SamplePanel::askToRemove() {
    Q_EMIT seeRequested();
    m_removal.ask(
        [keys = shownKeys(), file = m_document.path().toStdString()] {
            std::vector<KeptSource> kept = HeardStore().all();
            std::erase_if(kept, [&](const KeptSource& each) {
                return each.by.pipeline != file && !keys.contains(each.by.key);
            });
            return kept;
        },
        [this](const std::vector<KeptSource>& kept) { showRemoval(kept); });
}

void SamplePanel::showRemoval(const std::vector<KeptSource>& kept) {
    QStringList all;
    for (const KeptSource& each : kept) all << keptText(each);
    if (const QString run = keptInputText(m_session); !run.isEmpty())
        all << tr("newest input of the run: %1").arg(run);
    if (m_listener.keepsInMemory()) all << tr("what was heard and is not on disk");
    m_removes = !all.isEmpty();
    if (!m_removes) {
        m_hint->set(HintBox::Kind::Info, tr("Nothing is kept of this pipeline"), {},
                    {tr("All kept rows…"), tr("Close")});
    } else {
        m_hint->set(HintBox::Kind::Warn, tr("Remove the rows that were kept of this pipeline?"),
                    tr("%1. What was heard is in %2.")
                        .arg(all.join(QStringLiteral("; ")), folderText(HeardStore().folder())),
                    {tr("Remove"), tr("All kept rows…"), tr("Cancel")});
    }
    m_hint->show();
}

void SamplePanel::answerRemoval(int link) {
    const int chosen = m_removes ? link : link + 1;
    m_hint->hide();
    if (chosen == kRemoveLink) m_listener.forget(shownKeys());
    if (chosen == kAllLink) Q_EMIT keptRowsRequested();
}

void SamplePanel::keptRemoved(bool all) {
    if (all) m_listener.forgetMemory();
    takeAgain();
}

}  // namespace rw::ui
