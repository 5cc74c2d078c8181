#include "widgets/clusters/portability_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>
#include <utility>

#include "core/deploy/translation.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/issues/issue_list.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kPortabilityFacts{
    .id = "portability", .icon = "engines", .shortcut = "Alt+5", .place = 5};
constexpr qsizetype kMostNameLetters = 24;

Chip::Tone toneOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Exact:
            return Chip::Tone::Plain;
        case Verdict::Equivalent:
            return Chip::Tone::Accent;
        case Verdict::Approximated:
            return Chip::Tone::Warn;
        case Verdict::Refused:
            break;
    }
    return Chip::Tone::Error;
}

}  // namespace

PortabilityPanel::PortabilityPanel(const PaneParts& parts)
    : Pane(kPortabilityFacts),
      m_document(parts.document),
      m_portability(parts.document.portability()),
      m_model(parts.document),
      m_list(new IssueList(parts.document, m_model, this)),
      m_empty(new EmptyState(this)),
      m_pages(new QStackedLayout(this)),
      m_tools(new QWidget(this)),
      m_whole(new Chip({}, m_tools)),
      m_goText(m_list->addKey(QStringLiteral("↵"))),
      m_fixText(m_list->addKey(QStringLiteral("Alt ↵"))) {
    auto* chips = new QHBoxLayout(m_tools);
    chips->setContentsMargins(0, 0, metrics::kGrid, 0);
    chips->addWidget(m_whole);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    connect(&m_portability, &PortabilityCheck::portabilityChanged, this, &PortabilityPanel::refresh);
    connect(&m_portability, &PortabilityCheck::engineChanged, this, [this] {
        m_refusals.clear();
        refresh();
    });
    connect(&m_document, &PipelineDocument::changed, this, &PortabilityPanel::onDocument);
    retranslate();
}

QString PortabilityPanel::title() const {
    return tr("P&ortability");
}

void PortabilityPanel::onActivated() {
    refresh();
}

namespace {

/// The places of nodes, and the comments beside them, mean nothing to a cluster.
bool isAboutLooks(DocumentChange::Kind kind) {
    using Kind = DocumentChange::Kind;
    return kind == Kind::NodesMoved || kind == Kind::TitleChanged || kind == Kind::CardsChanged ||
           kind == Kind::NotesAdded || kind == Kind::NotesRemoved || kind == Kind::NotesChanged;
}

}  // namespace

// Verdicts are signalled when they are there; until then only titles can be others, and the refusals of a
// cluster hold no more.
void PortabilityPanel::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (!m_refusals.empty() && !isAboutLooks(change.kind)) {
        m_refusals.clear();
        refresh();
    }
    if (isOn() && (change.kind == Kind::TitleChanged || change.kind == Kind::NodesRemoved)) m_model.refresh();
}

void PortabilityPanel::refresh() {
    setCount(notTheSame() + static_cast<int>(m_refusals.size()));
    if (isOn()) list();
}

void PortabilityPanel::setRefusals(const QString& target, std::vector<Issue> refusals) {
    m_refusing = target;
    m_refusals = std::move(refusals);
    refresh();
    if (m_refusals.empty()) return;
    Q_EMIT seeRequested();
    if (isOn()) m_list->goTo(0);
}

int PortabilityPanel::notTheSame() const {
    const auto& nodes = m_document.pipeline().nodes;
    return static_cast<int>(std::count_if(nodes.begin(), nodes.end(), [this](const Node& node) {
        const NodeVerdict* verdict = m_portability.verdictOf(node.id);
        return verdict != nullptr && verdict->verdict() >= Verdict::Approximated;
    }));
}

void PortabilityPanel::list() {
    m_list->keepChosen([this] { m_model.set(m_portability.translation(), m_refusals); });
    showWhole();
    const bool any = m_model.rowCount() > 0;
    if (m_portability.engine() && m_document.pipeline().nodes.empty()) {
        m_empty->set(QStringLiteral("engines"), tr("Nothing to judge yet"),
                     tr("Each node gets its verdict as soon as it is drawn."));
    } else if (m_portability.engine()) {
        m_empty->set(QStringLiteral("engines"), tr("No verdicts yet"),
                     tr("Nodes are judged once there is nothing wrong with them and with what is before "
                        "them: see Problems."));
    } else {
        m_empty->set(QStringLiteral("engines"), tr("The embedded engine runs all that can be drawn"),
                     tr("Choose Apache Flink or Apache Spark in the tool bar to see what each node would be "
                        "there."));
    }
    turnTo(*m_pages, any ? 0 : 1, any ? static_cast<QWidget*>(&m_list->table()) : m_empty);
}

void PortabilityPanel::showWhole() {
    const Translation* translation = m_portability.translation();
    const bool refused = !m_refusals.empty();
    const bool any = (translation != nullptr || refused) && m_model.rowCount() > 0;
    if (refused) {
        m_whole->setIcon(QStringLiteral("error"));
        m_whole->setTone(Chip::Tone::Error);
        m_whole->setText(tr("%1 would not take it").arg(shownText(m_refusing, kMostNameLetters)));
    } else if (any) {
        m_whole->setIcon(verdictSign(translation->worst).icon);
        m_whole->setTone(toneOf(translation->worst));
        m_whole->setText(verdictLine(translation->engine, translation->worst));
    }
    m_whole->setVisible(any);
}

void PortabilityPanel::retranslate() {
    m_list->table().setAccessibleName(tr("Portability"));
    m_goText->setText(tr("Enter goes to the node"));
    m_fixText->setText(tr("Apply the quick fix"));
    m_model.refresh();
    list();
}

}  // namespace rw::ui
