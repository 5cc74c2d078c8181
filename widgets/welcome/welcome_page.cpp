#include "widgets/welcome/welcome_page.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

#include "widgets/document/editing/node_template.h"
#include "widgets/document/example_drop.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"
#include "widgets/welcome/demo_card.h"
#include "widgets/welcome/empty_card.h"
#include "widgets/welcome/hint_sketch.h"
#include "widgets/welcome/list_card.h"
#include "widgets/welcome/list_row.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 840, kNarrowBelow = 700, kDotStep = 16;
constexpr qsizetype kRecentShown = 5;

/// A frame with a dashed edge, for text without an action.
class DashedFrame : public QFrame {
 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintBox(painter, rect(), Theme::of(this).tokens().bg, Theme::of(this).tokens().line2,
                 metrics::kCardRadius, 1, Qt::DashLine);
    }
};

}  // namespace

WelcomePage::WelcomePage(RecentFiles& recent, QWidget* parent)
    : QWidget(parent),
      m_recent(recent),
      m_title(new QLabel),
      m_subtitle(new QLabel),
      m_demo(new DemoCard),
      m_examples(new ListCard),
      m_recentFiles(new ListCard),
      m_empty(new EmptyCard),
      m_open(new QPushButton(Theme::of(this).icon(u"folder-open"), {})) {
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    m_title->setProperty("role", "page");
    m_subtitle->setProperty("role", "dim");
    m_subtitle->setWordWrap(true);
    m_open->setProperty("controlSize", "small");
    m_open->setProperty("keys", QKeySequence(QKeySequence::Open).toString(QKeySequence::NativeText));
    m_recentFiles->addHeadWidget(m_open);
    build();
    arrange(false);
    retranslate();
    connect(&m_recent, &RecentFiles::changed, this, &WelcomePage::fillRecent);
    connect(m_demo, &DemoCard::runRequested, this,
            [this](const QString& file) { Q_EMIT exampleRequested(file, true); });
    connect(m_empty, &EmptyCard::emptyRequested, this, &WelcomePage::emptyRequested);
    connect(m_empty, &EmptyCard::csvRequested, this, &WelcomePage::csvRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openRequested);
}

void WelcomePage::build() {
    auto* content = new QWidget;
    content->setMaximumWidth(kWidth);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, metrics::kPanelPadding, 0, metrics::kPanelPadding);
    column->setSpacing(metrics::kPanelPadding);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kPanelPadding);
    auto* sign = new QLabel;
    sign->setPixmap(
        QIcon(QStringLiteral(":/icons/rillwright.svg")).pixmap(QSize(40, 40), devicePixelRatioF()));
    head->addWidget(sign);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    head->addLayout(words, 1);
    column->addStretch();
    column->addLayout(head);
    m_cards = new QGridLayout;
    m_cards->setSpacing(metrics::kPanelPadding);
    column->addLayout(m_cards);
    column->addWidget(hints());
    column->addStretch();

    auto* middle = new QWidget;
    auto* row = new QHBoxLayout(middle);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    row->addStretch(1);
    row->addWidget(content, 1000);  // takes all there is up to its greatest width
    row->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(middle);
    scroll->viewport()->setAutoFillBackground(false);
    middle->setAutoFillBackground(false);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

QWidget* WelcomePage::hints() {
    auto* frame = new DashedFrame;
    m_hintGrid = new QGridLayout(frame);
    m_hintGrid->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                                   metrics::kPanelPadding);
    m_hintGrid->setSpacing(metrics::kPanelPadding);
    using Gesture = HintSketch::Gesture;
    for (const Gesture gesture :
         {Gesture::DragSource, Gesture::PullWire, Gesture::QuickAdd, Gesture::PressRun})
        m_hints.push_back(new HintSketch(gesture));
    return frame;
}

void WelcomePage::arrange(bool narrow) {
    m_narrow = narrow;
    // The examples are many: the most wanted ones stand above their end, without scrolling.
    if (narrow) {
        int row = 0;
        for (QWidget* card : std::initializer_list<QWidget*>{m_demo, m_empty, m_recentFiles, m_examples})
            m_cards->addWidget(card, row++, 0);
    } else {
        m_cards->addWidget(m_demo, 0, 0, 2, 1);
        m_cards->addWidget(m_empty, 0, 1);
        m_cards->addWidget(m_recentFiles, 1, 1, 2, 1);
        m_cards->addWidget(m_examples, 2, 0, 2, 1);
    }
    for (const int row : {1, 3}) m_cards->setRowStretch(row, narrow ? 0 : 1);
    m_cards->setColumnStretch(0, 1);
    m_cards->setColumnStretch(1, narrow ? 0 : 1);
    const int across = narrow ? 2 : 4;
    for (int i = 0; i < static_cast<int>(m_hints.size()); ++i)
        m_hintGrid->addWidget(m_hints[static_cast<std::size_t>(i)], i / across, i % across);
}

void WelcomePage::retranslate() {
    m_title->setText(tr("Welcome to Rillwright"));
    m_subtitle->setText(
        tr("Watch a stream of data as it happens: drag nodes, press Run, see windows fill and close."));
    setAccessibleName(m_title->text());
    m_open->setText(tr("Open…"));
    std::vector<Example> all = examples();
    if (all.empty()) return;
    m_demo->setExample(all.front());
    m_examples->setTitle(tr("Start from an example"));
    std::vector<ListCard::Row> rows;
    for (auto example = all.begin() + 1; example != all.end(); ++example) {
        const QString& needs = example->needs;
        rows.push_back(
            {{example->icon, example->title, example->description,
              needs.isEmpty() ? tr("%n nodes", nullptr, example->nodes) : tr("needs %1").arg(needs), true},
             [this, file = example->file] { Q_EMIT exampleRequested(file, false); },
             [dragged = *example] { return exampleMimeData(dragged); }});
    }
    m_examples->setRows(rows);
    fillRecent();
}

void WelcomePage::fillRecent() {
    m_recentFiles->setTitle(tr("Recent"));
    std::vector<ListCard::Row> rows;
    for (const QString& path : m_recent.files().mid(0, kRecentShown)) {
        rows.push_back({{QStringLiteral("pipeline"), QFileInfo(path).fileName(), shownFolder(path),
                         shownDate(m_recent.written(path), QDate::currentDate())},
                        [this, path] { Q_EMIT fileRequested(path); }});
    }
    m_recentFiles->setRows(rows, tr("Pipelines that you open or save will be listed here."));
}

void WelcomePage::paintEvent(QPaintEvent*) {
    const Tokens& tokens = Theme::of(this).tokens();
    QPainter painter(this);
    painter.fillRect(rect(), tokens.bg);
    painter.setPen(tokens.line);
    for (int x = kDotStep; x < width(); x += kDotStep) {
        for (int y = kDotStep; y < height(); y += kDotStep) painter.drawPoint(x, y);
    }
}

void WelcomePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = width() < Theme::of(this).scaled(kNarrowBelow);
    if (narrow != m_narrow) arrange(narrow);
}

void WelcomePage::mouseDoubleClickEvent(QMouseEvent* event) {
    for (const QWidget* at = childAt(event->pos()); at != nullptr && at != this; at = at->parentWidget()) {
        if (at->property("surface").isValid()) return;  // a card, not the ground
    }
    Q_EMIT quickAddRequested();
}

void WelcomePage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_A && event->modifiers() == Qt::NoModifier)
        Q_EMIT quickAddRequested();
    else
        QWidget::keyPressEvent(event);
}

void WelcomePage::dragEnterEvent(QDragEnterEvent* event) {
    const QMimeData& data = *event->mimeData();
    if (nodeTemplate(data) || exampleFrom(data)) Q_EMIT nodeDragged();
}

void WelcomePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_recent.look();  // files may have gone …
    fillRecent();     // … and days passed
}

void WelcomePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace rw::ui
