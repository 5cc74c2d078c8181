#include "widgets/stepping/stepping_feature.h"

#include "widgets/pane/action_registry.h"
#include "widgets/session/run_session.h"
#include "widgets/stepping/halt_words.h"
#include "widgets/stepping/stepping_bar.h"
#include "widgets/stepping/stepping_menu.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

SteppingFeature::SteppingFeature(const FeatureParts& parts)
    : m_parts(parts), m_menu(new SteppingMenu(parts.document, parts.session, &parts.window)) {
    QObject::connect(m_menu, &SteppingMenu::told, &parts.window, [this](const QString& words) {
        if (m_parts.tell) m_parts.tell(words);
    });
    QObject::connect(&parts.session, &RunSession::halted, &parts.window, [this] {
        const SteppingState now = m_parts.session.stepping();
        if (now.last && m_parts.tell)
            m_parts.tell(HaltWords::of(*now.last, m_parts.session.runningPipeline()));
    });
}

void SteppingFeature::addActions(ActionRegistry& registry) {
    registry.addList(QStringLiteral("stepping.menu"), m_menu, {MainMenu::Run, 1});
    registry.addListed(QStringLiteral("stepping.result"), m_menu->resultAction());
    registry.addListed(QStringLiteral("stepping.batch"), m_menu->batchAction());
    registry.addListed(QStringLiteral("stepping.back"), m_menu->backAction());
}

std::vector<QWidget*> SteppingFeature::toolBarParts() {
    auto* step = new IconButton(QStringLiteral("step"), {});
    const QAction* action = m_menu->resultAction();
    step->setObjectName(QStringLiteral("stepButton"));
    const auto refresh = [step, action] {
        step->setEnabled(action->isEnabled());
        step->setLabel(plainText(*action));
    };
    QObject::connect(step, &QToolButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, step, refresh);
    refresh();
    return {step};
}

QToolBar* SteppingFeature::bar() {
    return new SteppingBar(m_parts.session, *m_menu);
}

void SteppingFeature::retranslate() {
    m_menu->retranslate();
}

}  // namespace rw::ui
