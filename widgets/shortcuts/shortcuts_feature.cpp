#include "widgets/shortcuts/shortcuts_feature.h"

#include <QAction>
#include <QCoreApplication>

#include "widgets/pane/action_registry.h"
#include "widgets/shortcuts/kept_keys.h"
#include "widgets/shortcuts/shortcut_sheet.h"
#include "widgets/shortcuts/shortcuts_page.h"

namespace rw::ui {

ShortcutsFeature::ShortcutsFeature(const FeatureParts& parts)
    : m_window(parts.window), m_show(new QAction(&parts.window)) {
    m_show->setShortcut(QKeySequence(QStringLiteral("Ctrl+/")));
}

void ShortcutsFeature::addActions(ActionRegistry& registry) {
    m_registry = &registry;
    registry.add(QStringLiteral("shortcuts.show"), m_show, MenuPlace{MainMenu::Help, 0});
    registry.setChosen(keptKeys());
    QObject::connect(&registry, &ActionRegistry::keysChanged, m_show,
                     [&registry] { keepKeys(registry.chosen()); });
    QObject::connect(m_show, &QAction::triggered, &m_window, [this] {
        auto* sheet = new ShortcutSheet(shortcutsOf(*m_registry, m_window), &m_window);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->show();
    });
}

std::vector<PreferencesPage*> ShortcutsFeature::preferencesPages() {
    return {new ShortcutsPage(*m_registry)};
}

void ShortcutsFeature::retranslate() {
    m_show->setText(QCoreApplication::translate("shortcuts", "&Keyboard shortcuts"));
}

}  // namespace rw::ui
