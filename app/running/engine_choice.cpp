#include "app/running/engine_choice.h"

#include <QSettings>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <algorithm>
#include <utility>

#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/end_question.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QLatin1String kChoicesKey("run/engines");  ///< a line a file, the newest first
constexpr qsizetype kMostChoices = 200;
constexpr QLatin1String kEmbedded("embedded"), kTarget("target:"), kTargets("targets");
constexpr int kLeastWidth = 72;  ///< where the bar has little room

QString nameIn(Engine engine) {
    const std::string_view word = engineWord(engine);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

std::optional<Engine> engineNamed(const QString& name) {
    return engineOfWord(name.toStdString());
}

/// How a choice is written: its key, the engine that is left when its target goes, and the file.
struct Line {
    QString key{}, engine{}, path{};
    QString text() const { return QStringList{key, engine, path}.join(u'\t'); }
};

/// A path may hold tabs: it stands last.
Line lineOf(const QString& text) {
    return {text.section(u'\t', 0, 0), text.section(u'\t', 1, 1), text.section(u'\t', 2)};
}

}  // namespace

EngineChoice::EngineChoice(PipelineDocument& document, TargetList& targets, ClusterSession& cluster,
                           QWidget* parent)
    : QComboBox(parent),
      m_document(document),
      m_portability(document.portability()),
      m_targets(targets),
      m_cluster(cluster),
      m_path(document.path()) {
    setObjectName(QStringLiteral("engineChoice"));
    setSizeAdjustPolicy(AdjustToContents);
    const auto fit = [this] { setMinimumWidth(Theme::of(this).scaled(kLeastWidth)); };
    connect(&Theme::of(this), &Theme::changed, this, fit);
    fit();
    connect(this, &QComboBox::activated, this, &EngineChoice::choose);
    connect(&m_portability, &PortabilityCheck::engineChanged, this, &EngineChoice::follow);
    connect(&m_targets, &TargetList::changed, this, &EngineChoice::onTargets);
    connect(&m_cluster, &ClusterSession::targetChanged, this, &EngineChoice::followTarget);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        m_path = m_document.path();
        if (const Choice choice = kept(); choice != m_chosen) take(choice);
    });
    connect(&document, &PipelineDocument::fileChanged, this, &EngineChoice::followFile);
    take(kept());
    retranslate();
}

void EngineChoice::followFile() {
    if (std::exchange(m_path, m_document.path()) != m_path) keep();
}

QString EngineChoice::keyOf(const Choice& choice) {
    if (!choice.engine) return kEmbedded;
    return choice.target.isEmpty() ? nameIn(*choice.engine) : kTarget + choice.target;
}

EngineChoice::Choice EngineChoice::kept() const {
    if (m_path.isEmpty()) return {};
    const QStringList lines = QSettings().value(kChoicesKey).toStringList();
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [this](const QString& line) { return lineOf(line).path == m_path; });
    if (found == lines.end()) return {};
    const Line line = lineOf(*found);
    if (!line.key.startsWith(kTarget)) return {engineNamed(line.key), {}};
    const QString name = line.key.mid(kTarget.size());
    if (const Target* target = m_targets.named(name)) return {target->engine, name};
    return {engineNamed(line.engine), {}};
}

// The engine inside is not kept: all documents begin with it.
void EngineChoice::keep() const {
    if (m_path.isEmpty()) return;
    QSettings settings;
    QStringList lines = settings.value(kChoicesKey).toStringList();
    lines.removeIf([this](const QString& line) { return lineOf(line).path == m_path; });
    if (m_chosen.engine) lines.prepend(Line{keyOf(m_chosen), nameIn(*m_chosen.engine), m_path}.text());
    settings.setValue(kChoicesKey, lines.mid(0, kMostChoices));
}

// Arrow keys walk through a list that is closed: none of them is to open a window.
void EngineChoice::choose(int index) {
    const QString key = itemData(index).toString();
    const bool opened = std::exchange(m_opened, false);
    if (key == kTargets) {
        fill();
        if (opened) Q_EMIT targetsRequested();
        return;
    }
    if (key != keyOf(m_chosen) && !confirmStopSpark(&m_cluster, EndedBy::OtherEngine, window()))
        return fill();
    if (key.startsWith(kTarget)) return chooseTarget(key.mid(kTarget.size()));
    take({engineNamed(key), {}});
    keep();
}

void EngineChoice::chooseTarget(const QString& name) {
    const Target* target = m_targets.named(name);
    if (target == nullptr) return;
    take({target->engine, name});
    keep();
}

void EngineChoice::take(const Choice& choice) {
    m_chosen = choice;
    const Target* target = choice.target.isEmpty() ? nullptr : m_targets.named(choice.target);
    m_cluster.setTarget(target != nullptr ? std::optional(*target) : std::nullopt);
    m_portability.setEngine(choice.engine);
    fill();
}

// The choice stays: the target may come back. The first target of an engine that was chosen without any was
// made for it.
void EngineChoice::onTargets() {
    if (m_chosen.target.isEmpty()) {
        const std::vector<QString> made =
            m_lacking && m_chosen.engine ? targetsOf(*m_chosen.engine) : std::vector<QString>();
        return made.size() == 1 ? chooseTarget(made.front()) : fill();
    }
    const Target* target = m_targets.named(m_chosen.target);
    if (target == nullptr) return take({m_chosen.engine, {}});
    take({target->engine, m_chosen.target});
}

// Another place asks for the verdicts of an engine. No run ends for that.
void EngineChoice::follow() {
    if (m_chosen.engine == m_portability.engine()) return;
    if (m_cluster.endsUnwatched()) return m_portability.setEngine(m_chosen.engine);
    take({m_portability.engine(), {}});
}

void EngineChoice::followTarget() {
    const std::optional<Target> target = m_cluster.target();
    if (!target) {
        if (!m_chosen.target.isEmpty()) take({m_chosen.engine, {}});
    } else if (QString::fromStdString(target->name) != m_chosen.target) {
        chooseTarget(QString::fromStdString(target->name));
    }
}

bool EngineChoice::lists(Engine engine) const {
    if (m_chosen == Choice{engine, {}}) return true;
    return targetsOf(engine).empty();
}

std::vector<QString> EngineChoice::targetsOf(Engine engine) const {
    std::vector<QString> names;
    for (const Target& target : m_targets.targets()) {
        if (target.engine == engine) names.push_back(QString::fromStdString(target.name));
    }
    return names;
}

void EngineChoice::fill() {
    m_lacking = m_chosen.engine && targetsOf(*m_chosen.engine).empty();
    const QSignalBlocker quiet(this);
    clear();
    addItem(tr("Embedded"), kEmbedded);
    for (const Target& target : m_targets.targets())
        addItem(targetLine(target), keyOf({target.engine, QString::fromStdString(target.name)}));
    for (const Engine engine : kEngines) {
        if (lists(engine)) addItem(engineTitle(engine), nameIn(engine));
    }
    insertSeparator(count());
    addItem(tr("Targets…"), kTargets);
    setCurrentIndex(std::max(0, findData(keyOf(m_chosen))));
    updateGeometry();
}

void EngineChoice::retranslate() {
    fill();
    setAccessibleName(tr("Engine"));
    setToolTip(
        tr("The engine that the pipeline is for. With another than the embedded one, nodes show what "
           "becomes of them there."));
}

void EngineChoice::showPopup() {
    m_opened = true;
    QComboBox::showPopup();
}

// A turn of the wheel over the bar is hardly meant for this.
void EngineChoice::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

}  // namespace rw::ui
