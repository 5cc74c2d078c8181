#include "widgets/help/help_window.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/help/help_browser.h"
#include "widgets/help/help_search.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QSize kSize(1120, 760);  // pictures of the window are some 800 wide
constexpr int kContentsWidth = 240;
constexpr int kPageRole = Qt::UserRole;

std::vector<HelpPage> pagesWith(const QString& typed, const Catalogue& catalogue) {
    std::vector<std::pair<int, HelpPage>> scored;
    for (HelpPage& page : helpPages(catalogue)) {
        const int score = helpScore(typed, helpText(page.name, catalogue));
        if (score > 0) scored.emplace_back(score, std::move(page));
    }
    std::stable_sort(scored.begin(), scored.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<HelpPage> found;
    for (auto& [score, page] : scored) found.push_back(std::move(page));
    return found;
}

}  // namespace

HelpWindow::HelpWindow(const Catalogue& catalogue, QWidget* parent)
    : QWidget(parent, Qt::Window),
      m_catalogue(catalogue),
      m_search(new SearchField(tr("Search the help"), {})),
      m_contents(new QTreeWidget),
      m_nothing(new EmptyState),
      m_browser(new HelpBrowser(catalogue)),
      m_back(new IconButton(QStringLiteral("chevron-left"), {})),
      m_forward(new IconButton(QStringLiteral("chevron-right"), {})),
      m_title(new QLabel) {
    setProperty("surface", "panel");
    setAttribute(Qt::WA_StyledBackground);
    resize(kSize);
    build();
    // Not at sourceChanged: the browser still names the page before then.
    connect(m_browser, &QTextBrowser::historyChanged, this, &HelpWindow::follow);
    connect(m_browser, &QTextBrowser::backwardAvailable, m_back, &QWidget::setEnabled);
    connect(m_browser, &QTextBrowser::forwardAvailable, m_forward, &QWidget::setEnabled);
    connect(m_back, &QToolButton::clicked, m_browser, &QTextBrowser::backward);
    connect(m_forward, &QToolButton::clicked, m_browser, &QTextBrowser::forward);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::fill);
    connect(m_nothing, &EmptyState::actionTriggered, this, [this] {
        m_search->setFocus(Qt::OtherFocusReason);
        m_search->clear();
    });
    connect(m_search, &SearchField::left, this, &QWidget::close);
    // Not the current item: a list that gets the keyboard makes its first one current by itself.
    connect(m_contents, &QTreeWidget::itemSelectionChanged, this, [this] {
        const QList<QTreeWidgetItem*> chosen = m_contents->selectedItems();
        if (chosen.isEmpty()) return;
        const QString page = chosen.front()->data(0, kPageRole).toString();
        if (page == m_browser->page()) return;
        m_chosen = true;
        m_browser->showPage(page);
    });
    connect(m_contents, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        if (item->parent() != nullptr) m_browser->setFocus(Qt::OtherFocusReason);
    });
    m_search->installEventFilter(this);
    m_contents->installEventFilter(this);
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    retranslate();
}

void HelpWindow::build() {
    m_contents->setHeaderHidden(true);
    m_contents->setRootIsDecorated(false);
    m_contents->setIndentation(metrics::kListPadding);
    m_title->setProperty("role", "section");
    m_back->setShortcut(QKeySequence::Back);
    m_forward->setShortcut(QKeySequence::Forward);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, 0);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_search);
    column->addWidget(m_contents, 1);
    column->addWidget(m_nothing, 1);
    auto* head = new QWidget;
    head->setProperty("edge", "bottom");
    head->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kGrid, metrics::kBarPadding, metrics::kPanelPadding,
                            metrics::kBarPadding);
    row->setSpacing(metrics::kStep);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    row->addWidget(m_title, 1);
    auto* right = new QWidget;
    auto* page = new QVBoxLayout(right);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(head);
    page->addWidget(m_browser, 1);
    auto* split = new QSplitter;
    split->addWidget(left);
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setSizes({kContentsWidth, kSize.width() - kContentsWidth});
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(split);
}

void HelpWindow::retranslate() {
    setWindowTitle(tr("Rillwright help"));
    m_search->setPlaceholder(tr("Search the help"));
    m_contents->setAccessibleName(tr("Contents"));
    m_back->setLabel(tr("Go back"));
    m_forward->setLabel(tr("Go forward"));
    fill();
}

void HelpWindow::fill() {
    const QSignalBlocker quiet(m_contents);
    m_contents->clear();
    m_chosen = false;
    const QString typed = m_search->text().simplified();
    m_browser->markWords(typed);
    if (typed.isEmpty()) {
        std::vector<HelpPage> pages = helpPages(m_catalogue);
        const auto nodes = std::stable_partition(pages.begin(), pages.end(), [](const HelpPage& page) {
            return !page.name.contains(QLatin1Char('/'));
        });
        list(tr("Basics"), {pages.begin(), nodes});
        list(tr("Nodes"), {nodes, pages.end()});
    } else {
        list(tr("Pages found"), pagesWith(typed, m_catalogue));
        const QString words = shownText(typed);
        m_nothing->set(QStringLiteral("search"), tr("No page found"),
                       typed.contains(QLatin1Char(' '))
                           ? tr("No page has all words of “%1”. Fewer words find more.").arg(words)
                           : tr("No page has “%1”. Try another word.").arg(words),
                       tr("Show all pages"));
    }
    const bool found = !items().empty();
    m_contents->setVisible(found);
    m_nothing->setVisible(!found);
    m_contents->expandAll();
    follow();
}

void HelpWindow::list(const QString& group, const std::vector<HelpPage>& pages) {
    auto* top = new QTreeWidgetItem(m_contents, {group});
    top->setFlags(Qt::ItemIsEnabled);
    top->setFont(0, Theme::of(this).font(TextStyle::BodyStrong));
    for (const HelpPage& page : pages) {
        auto* item = new QTreeWidgetItem(top, {page.title});
        item->setData(0, kPageRole, page.name);
    }
}

std::vector<QTreeWidgetItem*> HelpWindow::items() const {
    std::vector<QTreeWidgetItem*> all;
    for (int i = 0; i < m_contents->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_contents->topLevelItem(i);
        for (int j = 0; j < group->childCount(); ++j) all.push_back(group->child(j));
    }
    return all;
}

void HelpWindow::enterContents() {
    const std::vector<QTreeWidgetItem*> listed = items();
    if (listed.empty()) return;
    if (m_contents->selectedItems().isEmpty()) m_contents->setCurrentItem(listed.front());
    m_contents->setFocus(Qt::OtherFocusReason);
}

void HelpWindow::openFound() {
    const std::vector<QTreeWidgetItem*> listed = items();
    if (listed.empty() || m_search->text().simplified().isEmpty()) return;
    // The page that was shown before the search may be among those found: nobody chose it there.
    if (!m_chosen) m_contents->setCurrentItem(listed.front());
    m_browser->setFocus(Qt::OtherFocusReason);
}

bool HelpWindow::eventFilter(QObject* watched, QEvent* event) {
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride) return QWidget::eventFilter(watched, event);
    const int key = static_cast<const QKeyEvent*>(event)->key();
    const bool returns = key == Qt::Key_Escape && !m_search->text().isEmpty();
    if (returns && !pressed) {  // else it would close the window
        event->accept();
        return true;
    }
    if (returns && watched == m_contents) {
        m_search->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (!pressed || watched != m_search) return QWidget::eventFilter(watched, event);
    if (key == Qt::Key_Down) {
        enterContents();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        openFound();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void HelpWindow::follow() {
    m_title->setText(helpTitle(page()));
    QTreeWidgetItem* shown = nullptr;
    for (QTreeWidgetItem* item : items())
        if (item->data(0, kPageRole).toString() == page()) shown = item;
    m_contents->setCurrentItem(shown);
}

void HelpWindow::showPage(const QString& page) {
    if (page != this->page()) m_browser->showPage(page);
    show();
    raise();
    activateWindow();
    m_browser->setFocus(Qt::OtherFocusReason);
}

void HelpWindow::showNode(const QString& nodeType) {
    showPage(helpPageOf(nodeType));
}

QString HelpWindow::page() const {
    return m_browser->page();
}

void HelpWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace rw::ui
