#include "widgets/inspector/inspector.h"

#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/pipeline/limits.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/alert_trial_box.h"
#include "widgets/inspector/data_page.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/inspector/model_box.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/pipeline_form.h"
#include "widgets/inspector/renamed_bar.h"
#include "widgets/inspector/schema_page.h"
#include "widgets/inspector/several_page.h"
#include "widgets/inspector/standing_box.h"
#include "widgets/pane/search_items.h"
#include "widgets/session/run_findings.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kTile = 32, kAdviceMillis = 1000, kMetricsTab = 3;

/// A list keeps its distance to the edges as the form does; views know no padding of their own.
QWidget* padded(QWidget* list) {
    auto* around = new QWidget;
    around->setProperty("surface", "field");
    around->setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(around);
    layout->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, 0);
    layout->addWidget(list);
    return around;
}

/// The icon of a node in a filled tile of its kind's colour.
QPixmap tile(const QString& icon, NodeGroup group, const Theme& theme, double ratio) {
    QPixmap out(QSize(kTile, kTile) * ratio);
    out.setDevicePixelRatio(ratio);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kindColors(theme.tokens(), group).fill);
    painter.drawRoundedRect(0, 0, kTile, kTile, metrics::kCardRadius, metrics::kCardRadius);
    const int inset = (kTile - metrics::kIconLarge) / 2;
    painter.drawPixmap(inset, inset, theme.pixmap(icon, metrics::kIconLarge, theme.tokens().onKind, ratio));
    return out;
}

}  // namespace

Inspector::Inspector(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_session(session),
      m_head(new QWidget),
      m_icon(new QLabel),
      m_subtitle(new QLabel),
      m_title(new QLineEdit),
      m_close(new IconButton(QStringLiteral("x"), {})),
      m_tabs(new QTabBar),
      m_pages(new QStackedWidget),
      m_form(new ParamForm(document)),
      m_schema(new SchemaPage(document)),
      m_data(new DataPage(document, session)),
      m_metrics(new MetricsPage(session)),
      m_standing(new StandingBox(document, session)),
      m_trial(new AlertTrialBox(document, session)),
      m_model(new ModelBox(document, session)),
      m_idleTitle(new QLabel),
      m_pipeline(new PipelineForm(document)),
      m_nothing(new EmptyState),
      m_several(new SeveralPage(document)),
      m_whole(new QStackedWidget),
      m_footer(new QWidget),
      m_footerText(new QLabel),
      m_revert(new QPushButton),
      m_apply(new QPushButton) {
    setObjectName(QStringLiteral("inspector"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_whole, 1);
    outer->addWidget(new RenamedBar(document, m_form->renames()));
    outer->addWidget(m_footer);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead();
    buildFooter();
    for (int i = 0; i < 4; ++i) m_tabs->addTab(QString());
    m_pages->addWidget(m_form);
    for (QWidget* list : std::initializer_list<QWidget*>{m_schema, m_data, m_metrics})
        m_pages->addWidget(padded(list));
    column->addWidget(m_head);
    column->addWidget(new TabRow(m_tabs));
    column->addWidget(m_pages, 1);
    column->addWidget(m_standing);
    column->addWidget(m_trial);
    column->addWidget(m_model);
    m_whole->addWidget(page);
    m_whole->addWidget(idlePage());
    m_whole->addWidget(m_several);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        m_standing->setWanted(tab == 0);
        m_trial->setWanted(tab == 0);
        m_model->setWanted(tab == 0 || tab == kMetricsTab);
        catchUp();
    });
    connect(&document.selection(), &Selection::changed, this, &Inspector::refreshSelection);
    connect(&document.selection(), &Selection::revealed, this,
            [this](const NodeId&, const std::string& param) {
                if (param.empty()) return;
                m_tabs->setCurrentIndex(0);
                m_form->focusParam(param);
            });
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        using Kind = DocumentChange::Kind;
        // Of other nodes only their number is told.
        const bool others = change.kind != Kind::Reset && change.kind != Kind::NodesAdded &&
                            change.kind != Kind::NodesRemoved && !change.isAbout(m_node);
        if (!others) refreshHead();
        refreshFooter();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, &Inspector::refreshFooter);
    connect(&session, &RunSession::unappliedChangesChanged, this, &Inspector::refreshFooter);
    connect(&session, &RunSession::receiptChanged, this, &Inspector::refreshFooter);
    connect(&session, &RunSession::stateChanged, this, &Inspector::refreshFooter);
    connect(&session, &RunSession::updated, this, &Inspector::refreshAdvice);
    // After an edit the advice that it followed is withdrawn, also when no run goes on.
    connect(&document, &PipelineDocument::validatedChanged, this, &Inspector::refreshAdvice);
    connect(&session, &RunSession::refusedChanged, m_form,
            [this] { m_form->setLoud(m_session.wasRefused()); });
    connect(m_form, &ParamForm::lateRowsRequested, this, &Inspector::lateRowsRequested);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        fitHeights();
        refreshHead();
    });
    m_form->setSession(&session);
    fitHeights();
    retranslate();
    refreshSelection();
}

void Inspector::addSearchItems(SearchItems& items) {
    items.add([this](std::vector<SearchItem>& found) {
        for (const auto& [name, label] : PipelineForm::namedSettings()) {
            found.push_back({SearchItem::Kind::Setting,
                             label,
                             tr("Settings of the pipeline"),
                             QStringLiteral("settings"),
                             {},
                             [this, name = name] {
                                 m_document.selection().clear();
                                 Q_EMIT openRequested();
                                 m_pipeline->focusSetting(name);
                             }});
        }
    });
}

void Inspector::fitHeights() {
    const Theme& theme = Theme::of(this);
    m_head->setFixedHeight(theme.scaled(metrics::kInspectorHeadHeight));
    m_footer->setFixedHeight(theme.scaled(metrics::kFooterHeight));
    m_idleTitle->setFixedHeight(theme.scaled(metrics::kTabBarHeight));
}

QWidget* Inspector::idlePage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_idleTitle->setProperty("role", "section");
    m_idleTitle->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    column->addWidget(m_idleTitle);
    // In large letters the settings are higher than a small window.
    auto* settings = new QWidget;
    auto* lines = new QVBoxLayout(settings);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_pipeline);
    lines->addWidget(m_nothing, 1);
    auto* scrolled = new QScrollArea;
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled->setFocusPolicy(Qt::NoFocus);  // its fields have the keyboard
    scrolled->setWidget(settings);
    column->addWidget(scrolled, 1);
    return page;
}

void Inspector::buildHead() {
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kGrid, metrics::kStep);
    row->setSpacing(metrics::kListPadding);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_title->setFrame(false);
    m_title->setMaxLength(kMaxTitle);
    m_title->setObjectName(QStringLiteral("nodeTitle"));
    m_title->setProperty("role", "title");
    m_subtitle->setProperty("role", "caption");
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto* help = new IconButton(QStringLiteral("help"), {});
    help->setObjectName(QStringLiteral("nodeHelp"));
    row->addWidget(m_icon);
    row->addLayout(words, 1);
    row->addWidget(help);
    row->addWidget(m_close);
    m_close->setObjectName(QStringLiteral("closeInspector"));
    m_close->hide();
    connect(m_close, &QToolButton::clicked, this, &Inspector::closeRequested);
    connect(m_title, &QLineEdit::editingFinished, &m_whileWhole, [this] {
        const Node* node = m_document.pipeline().find(m_node);
        if (node && m_title->isModified() && m_title->text() != titleOf(*node))
            m_document.setTitle(m_node, m_title->text());
    });
    connect(m_title, &QLineEdit::textChanged, this,
            [this](const QString& title) { m_title->setToolTip(tipText(title)); });
    m_title->installEventFilter(this);
    connect(help, &QToolButton::clicked, this, [this] {
        if (const NodeKind* kind = m_document.kindOf(m_node))
            Q_EMIT helpRequested(QString::fromStdString(kind->type));
    });
}

void Inspector::setSample(SampleFigures* sample) {
    m_form->setSample(sample);
}

void Inspector::setBrowsers(ConnectionBrowsers browsers) {
    m_form->setBrowsers(std::move(browsers));
}

void Inspector::setClosable(bool closable) {
    m_close->setVisible(closable);
}

void Inspector::buildFooter() {
    m_footer->setProperty("edge", "top");
    m_footer->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(m_footer);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    m_footerText->setProperty("role", "caption");
    m_footerText->setWordWrap(true);
    m_apply->setObjectName(QStringLiteral("apply"));
    m_revert->setObjectName(QStringLiteral("revert"));
    // They turn themselves off: a click leaves the keyboard where it is, not at whatever comes after them.
    for (QPushButton* button : {m_apply, m_revert}) button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_footerText, 1);
    row->addWidget(m_revert);
    row->addWidget(m_apply);
    connect(m_apply, &QPushButton::clicked, &m_session, &RunSession::apply);
    connect(m_revert, &QPushButton::clicked, &m_session, &RunSession::revert);
}

void Inspector::refreshSelection() {
    const Node* node = m_document.selection().single();
    m_node = node ? node->id : NodeId();
    const std::vector<NodeId>& all = m_document.selection().nodes();
    const bool several = all.size() > 1;
    m_several->setNodes(all);
    m_whole->setCurrentIndex(node ? 0 : several ? 2 : 1);
    m_form->setNode(m_node);
    m_schema->setNode(m_node);
    m_data->setNode(m_node);
    m_metrics->setNode(m_node);
    m_standing->setNode(m_node);
    m_trial->setNode(m_node);
    m_model->setNode(m_node);
    m_pipeline->setVisible(all.empty());
    m_nothing->set(QStringLiteral("pointer"), tr("Nothing selected"),
                   tr("Select a node to change its settings, see its columns and look at its rows."));
    refreshHead();
    refreshFooter();
    catchUp();
}

void Inspector::refreshHead() {
    const Node* node = m_document.pipeline().find(m_node);
    if (node == nullptr) return;
    const NodeKind* kind = m_document.kindOf(m_node);
    if (!m_title->hasFocus()) {
        m_title->setText(titleOf(*node));
        m_title->setCursorPosition(0);  // of a long one the beginning is seen
    }
    int place = 1;
    for (const Node& other : m_document.pipeline().nodes) {
        if (other.id == m_node) break;
        ++place;
    }
    const QString name = kind ? translated(kind->name) : QString::fromStdString(node->type);
    m_subtitle->setText(
        tr("%1 · node %2 of %3").arg(name).arg(place).arg(m_document.pipeline().nodes.size()));
    if (!kind) return m_icon->clear();
    m_icon->setPixmap(tile(iconOf(*kind, node->params), kind->group, Theme::of(this), devicePixelRatioF()));
}

void Inspector::refreshFooter() {
    const bool active = m_session.isActive(), changes = m_session.hasUnappliedChanges();
    const bool broken = hasErrors(m_document.issues());
    // Deleting and wiring leave no node selected, and are changes to apply all the same.
    const bool any = !m_document.selection().nodes().empty();
    m_footer->setVisible(any || (active && changes));
    const QString why = m_session.shownRun().lacks(RunAbility::Applying);
    const bool mayApply = why.isEmpty() && changes && !broken && m_document.isValidated();
    const bool mayRevert = active && changes;
    // By the keyboard: the next in line would be the title, where a key types.
    if ((m_apply->hasFocus() && !mayApply) || (m_revert->hasFocus() && !mayRevert))
        m_tabs->setFocus(Qt::OtherFocusReason);
    m_revert->setEnabled(mayRevert);
    m_apply->setEnabled(mayApply);
    const bool keeps = m_session.keepsStateWhenApplied();
    m_apply->setText(why.isEmpty() && m_session.beginsAnewWhenApplied() ? tr("Apply and restart")
                                                                        : tr("Apply"));
    m_apply->setToolTip(!why.isEmpty() ? why
                        : keeps ? tr("The run goes on from a last checkpoint with the changes (Ctrl+Enter)")
                                : tr("Restart the run with the changes (Ctrl+Enter)"));
    const QString role = m_apply->isEnabled() ? QStringLiteral("primary") : QString();
    if (m_apply->property("role").toString() != role) {
        m_apply->setProperty("role", role);
        Theme::repolish(m_apply);
    }
    if (m_session.shownRun().isElsewhere()) {
        m_footerText->setText(!active    ? tr("Changes take effect when the pipeline is deployed again")
                              : !changes ? tr("The job on the cluster runs this version")
                                         : tr("The job on the cluster goes on without the changes"));
        return;
    }
    m_footerText->setText(!why.isEmpty()                   ? why
                          : !changes                       ? tr("No changes to apply")
                          : broken                         ? tr("Still running the last valid version")
                          : m_session.receipt() != nullptr ? tr("The panel Apply says what it costs")
                          : keeps ? tr("The run goes on with what its nodes have kept")
                                  : tr("Restarts the run from its beginning"));
}

void Inspector::refreshAdvice() {
    if (!m_form->isVisible()) return;
    // A run's suggestions do not change faster than they can be read.
    if (m_session.isActive() && m_adviceAge.isValid() && m_adviceAge.elapsed() < kAdviceMillis) return;
    m_adviceAge.start();
    m_form->setAdvice(m_session.findings().advice());
}

// Hidden, the form heard of no advice.
void Inspector::catchUp() {
    m_adviceAge.invalidate();
    refreshAdvice();
}

void Inspector::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    catchUp();
}

// Of a long title the beginning is seen again when it is left; not for a menu or another window, after which
// the editing goes on.
bool Inspector::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_title && event->type() == QEvent::FocusOut) {
        const Qt::FocusReason why = static_cast<const QFocusEvent*>(event)->reason();
        if (why != Qt::PopupFocusReason && why != Qt::ActiveWindowFocusReason) m_title->setCursorPosition(0);
    }
    return QWidget::eventFilter(watched, event);
}

void Inspector::retranslate() {
    m_tabs->setTabText(0, tr("Settings"));
    m_tabs->setTabText(1, tr("Schema"));
    m_tabs->setTabText(2, tr("Data"));
    m_tabs->setTabText(3, tr("Metrics"));
    m_idleTitle->setText(tr("Inspector"));
    m_revert->setText(tr("Revert"));
    m_revert->setToolTip(tr("Go back to the version that runs"));
    m_title->setAccessibleName(tr("Title of the node"));
    findChild<IconButton*>(QStringLiteral("nodeHelp"))->setLabel(tr("Help on this node (F1)"));
    m_close->setLabel(tr("Close the settings (Esc)"));
    refreshSelection();
    refreshFooter();
}

void Inspector::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
