#include "widgets/replay/replay_feature.h"

#include "widgets/pane/action_registry.h"
#include "widgets/replay/replay_bar.h"
#include "widgets/replay/tape_menu.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

ReplayFeature::ReplayFeature(const FeatureParts& parts)
    : m_session(parts.session), m_menu(new TapeMenu(parts.session, &parts.window)) {}

void ReplayFeature::addActions(ActionRegistry& registry) {
    registry.addList(QStringLiteral("replay.tapes"), m_menu, {MainMenu::Run, 1});
}

std::vector<QWidget*> ReplayFeature::toolBarParts() {
    auto* record = new IconButton(QStringLiteral("record"), {});
    const QAction* action = m_menu->recordAction();
    record->setObjectName(QStringLiteral("recordButton"));
    record->setCheckable(true);
    const auto refresh = [record, action] {
        record->setChecked(action->isChecked());
        record->setEnabled(action->isEnabled());
        record->setLabel(plainText(*action));
    };
    QObject::connect(record, &QToolButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, record, refresh);
    refresh();
    return {record};
}

QToolBar* ReplayFeature::bar() {
    return new ReplayBar(m_session, *m_menu);
}

void ReplayFeature::retranslate() {
    m_menu->retranslate();
}

}  // namespace rw::ui
