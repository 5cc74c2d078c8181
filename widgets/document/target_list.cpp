#include "widgets/document/target_list.h"

#include <algorithm>
#include <utility>

#include "core/cluster/target_file.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

QString targetLine(const Target& target) {
    constexpr qsizetype kNameLength = 24;
    const std::string_view engine = engineName(target.engine);
    return shownText(QString::fromStdString(target.name), kNameLength) + QStringLiteral(" · ") +
           QString::fromUtf8(engine.data(), static_cast<qsizetype>(engine.size()));
}

TargetList::TargetList(std::string path, QObject* parent)
    : QObject(parent), m_path(path.empty() ? targetsPath() : std::move(path)) {
    reload();
}

const Target* TargetList::named(const QString& name) const {
    const std::string wanted = name.toStdString();
    const auto found = std::find_if(m_targets.begin(), m_targets.end(),
                                    [&wanted](const Target& target) { return target.name == wanted; });
    return found == m_targets.end() ? nullptr : &*found;
}

Status TargetList::set(std::vector<Target> targets) {
    RW_TRY(m_trouble);
    if (targets == m_targets) return {};
    RW_TRY(writeTargets(targets, m_path));
    m_targets = std::move(targets);
    Q_EMIT changed();
    return {};
}

void TargetList::reload() {
    Result<std::vector<Target>> read = readTargets(m_path);
    std::vector<Target> targets = read.ok() ? std::move(read).value() : std::vector<Target>();
    const auto wordsOf = [](const Status& status) {
        return status.ok() ? std::string() : english(status.error());
    };
    const bool same = targets == m_targets && wordsOf(read.status()) == wordsOf(m_trouble);
    m_targets = std::move(targets);
    m_trouble = read.status();
    if (!same) Q_EMIT changed();
}

}  // namespace rw::ui
