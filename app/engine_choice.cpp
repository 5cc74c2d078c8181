#include "app/engine_choice.h"

#include <QSettings>
#include <QWheelEvent>
#include <array>
#include <optional>

#include "widgets/document/portability_check.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr char kEngineKey[] = "run/engine";
constexpr int kLeastWidth = 72;  ///< where the bar has little room

/// In the order of the list, with their names in the settings.
struct ChoosableEngine {
    std::optional<Engine> engine;
    const char* name;
};
constexpr std::array<ChoosableEngine, 3> kEngines{
    {{std::nullopt, "embedded"}, {Engine::Flink, "flink"}, {Engine::Spark, "spark"}}};

const ChoosableEngine& engineAt(int index) {
    return kEngines.at(static_cast<std::size_t>(index));
}

}  // namespace

EngineChoice::EngineChoice(PortabilityCheck& portability, QWidget* parent)
    : QComboBox(parent), m_portability(portability) {
    setObjectName(QStringLiteral("engineChoice"));
    for (const ChoosableEngine& each : kEngines) addItem(each.engine ? engineTitle(*each.engine) : QString());
    setSizeAdjustPolicy(AdjustToContents);
    const auto fit = [this] { setMinimumWidth(Theme::of(this).scaled(kLeastWidth)); };
    connect(&Theme::of(this), &Theme::changed, this, fit);
    fit();
    connect(this, &QComboBox::activated, this, &EngineChoice::choose);
    connect(&m_portability, &PortabilityCheck::engineChanged, this, &EngineChoice::follow);
    const QString kept = QSettings().value(QLatin1String(kEngineKey)).toString();
    for (const ChoosableEngine& each : kEngines) {
        if (kept == QLatin1String(each.name)) m_portability.setEngine(each.engine);
    }
    follow();
    retranslate();
}

void EngineChoice::choose(int index) {
    QSettings().setValue(QLatin1String(kEngineKey), QLatin1String(engineAt(index).name));
    m_portability.setEngine(engineAt(index).engine);
}

void EngineChoice::follow() {
    for (int i = 0; i < count(); ++i) {
        if (engineAt(i).engine == m_portability.engine()) setCurrentIndex(i);
    }
}

void EngineChoice::retranslate() {
    setItemText(0, tr("Embedded"));
    setAccessibleName(tr("Engine"));
    setToolTip(
        tr("The engine that the pipeline is for. With another than the embedded one, nodes show what "
           "becomes of them there."));
}

// A turn of the wheel over the bar is hardly meant for this.
void EngineChoice::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

}  // namespace rw::ui
