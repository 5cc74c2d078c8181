#include "widgets/session/target_list.h"

#include <algorithm>
#include <utility>

#include "core/cluster/target_file.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

struct Renaming {
    std::string before{}, now{};
};

/// The one target that has another name, where all else is the same.
std::optional<Renaming> renamingIn(const std::vector<Target>& before, const std::vector<Target>& now) {
    if (before.size() != now.size()) return std::nullopt;
    std::optional<Renaming> found;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (before[i] == now[i]) continue;
        Target back = now[i];
        back.name = before[i].name;
        if (found || !(back == before[i])) return std::nullopt;
        found = Renaming{before[i].name, now[i].name};
    }
    return found;
}

}  // namespace

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
    const Result<std::vector<Target>> there = readTargets(m_path);
    if (!there.ok() || *there != m_onDisk) {
        reload();
        RW_TRY(there.status());
        return {ErrorCode::Invalid,
                RW_TEXT("cluster",
                        "Another window, or another program, has changed the targets meanwhile: nothing was "
                        "stored."),
                RW_TEXT("cluster", "Look at them as they are now, and change them again.")};
    }
    RW_TRY(writeTargets(targets, m_path));
    const std::vector<Target> before = std::exchange(m_targets, std::move(targets));
    Result<std::vector<Target>> written = readTargets(m_path);
    m_onDisk = written.ok() ? std::move(written).value() : m_targets;
    if (const auto found = renamingIn(before, m_targets)) Q_EMIT renamed(found->before, found->now);
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
    m_onDisk = targets;
    m_targets = std::move(targets);
    m_trouble = read.status();
    if (!same) Q_EMIT changed();
}

}  // namespace rw::ui
