#include "widgets/settings/preferences_dialog.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <utility>

#include "widgets/settings/look_page.h"
#include "widgets/settings/targets_page.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kDialogWidth = 560;

}  // namespace

PreferencesDialog::PreferencesDialog(Preferences& preferences, TargetList& targets, SecretStore secrets,
                                     QWidget* parent)
    : QDialog(parent),
      m_tabs(new QTabBar),
      m_pages(new QStackedWidget),
      m_targets(new TargetsPage(targets, std::move(secrets))),
      m_close(new QPushButton) {
    setModal(false);
    // In the order in which Tab goes through them.
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new TabRow(m_tabs));
    column->addWidget(m_pages, 1);
    for (int i = 0; i < 2; ++i) m_tabs->addTab(QString());
    m_pages->addWidget(new LookPage(preferences));
    m_pages->addWidget(m_targets);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::kDialogPadding, 0, metrics::kDialogPadding, metrics::kDialogHeadroom);
    foot->addStretch(1);
    foot->addWidget(m_close);
    column->addLayout(foot);
    retranslate();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        m_targets->leaveField();
        m_pages->setCurrentIndex(page);
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_targets, &TargetsPage::settled, this, [this] {
        const bool closing = m_closing && !m_targets->isStoring();
        if (closing && !m_targets->saysSomething()) close();
        if (closing) m_closing = false;
    });
}

void PreferencesDialog::showPage(Page page) {
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

void PreferencesDialog::done(int result) {
    m_targets->leaveField();
    // What was typed last goes to its target first; whoever closes again does not wait for the keyring.
    if (m_targets->isStoring() && !std::exchange(m_closing, true)) return;
    QDialog::done(result);
}

void PreferencesDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

// Enter ends what is typed in a field; a dialog would press its first button, too.
void PreferencesDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return event->accept();
    QDialog::keyPressEvent(event);
}

void PreferencesDialog::retranslate() {
    setWindowTitle(tr("Preferences"));
    m_tabs->setTabText(0, tr("Look"));
    m_tabs->setTabText(1, tr("Targets"));
    m_tabs->setAccessibleName(tr("Preferences"));
    m_close->setText(tr("Close"));
    setMinimumWidth(Theme::of(this).scaled(kDialogWidth));
}

}  // namespace rw::ui
