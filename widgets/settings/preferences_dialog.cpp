#include "widgets/settings/preferences_dialog.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/pane/search_items.h"
#include "widgets/settings/look_page.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kDialogWidth = 560;

}  // namespace

PreferencesDialog::PreferencesDialog(Preferences& preferences, const std::vector<PreferencesPage*>& further,
                                     QWidget* parent)
    : QDialog(parent), m_tabs(new QTabBar), m_pages(new QStackedWidget), m_close(new QPushButton) {
    setModal(false);
    // In the order in which Tab goes through them.
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new TabRow(m_tabs));
    column->addWidget(m_pages, 1);
    addPage(new LookPage(preferences));
    for (PreferencesPage* page : further) addPage(page);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::kDialogPadding, 0, metrics::kDialogPadding, metrics::kDialogHeadroom);
    foot->addStretch(1);
    foot->addWidget(m_close);
    column->addLayout(foot);
    retranslate();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        for (PreferencesPage* each : m_all) each->leaveField();
        m_pages->setCurrentIndex(page);
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
}

void PreferencesDialog::addPage(PreferencesPage* page) {
    m_all.push_back(page);
    m_tabs->addTab(QString());
    m_pages->addWidget(page);
    connect(page, &PreferencesPage::settled, this, [this] {
        const bool closing = m_closing && !isStoring();
        const bool says = std::any_of(m_all.begin(), m_all.end(),
                                      [](const PreferencesPage* each) { return each->saysSomething(); });
        if (closing && !says) close();
        if (closing) m_closing = false;
    });
}

bool PreferencesDialog::isStoring() const {
    return std::any_of(m_all.begin(), m_all.end(),
                       [](const PreferencesPage* page) { return page->isStoring(); });
}

void PreferencesDialog::addSearchItems(SearchItems& items, const std::function<void()>& open) {
    items.add([open](std::vector<SearchItem>& found) {
        for (const QString& name : {tr("Theme: dark, light, as the desktop"), tr("High contrast"),
                                    tr("Text size"), tr("Reduced motion"), tr("Language")}) {
            found.push_back(
                {SearchItem::Kind::Setting, name, tr("Preferences"), QStringLiteral("settings"), {}, open});
        }
    });
}

void PreferencesDialog::showPage(const QString& id) {
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (m_all[i]->id() == id) m_tabs->setCurrentIndex(static_cast<int>(i));
    }
}

void PreferencesDialog::done(int result) {
    for (PreferencesPage* page : m_all) page->leaveField();
    // The text typed last goes to its target first; a second request to close does not wait for the keyring.
    if (isStoring() && !std::exchange(m_closing, true)) return;
    QDialog::done(result);
}

void PreferencesDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

// Enter ends editing in a field; a dialog would press its first button, too.
void PreferencesDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return event->accept();
    QDialog::keyPressEvent(event);
}

void PreferencesDialog::retranslate() {
    setWindowTitle(tr("Preferences"));
    for (std::size_t i = 0; i < m_all.size(); ++i) m_tabs->setTabText(static_cast<int>(i), m_all[i]->title());
    m_tabs->setAccessibleName(tr("Preferences"));
    m_close->setText(tr("Close"));
    setMinimumWidth(Theme::of(this).scaled(kDialogWidth));
}

}  // namespace rw::ui
