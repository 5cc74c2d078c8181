#include "widgets/versions/version_models.h"

#include <QLocale>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/tip_text.h"
#include "widgets/theme/tokens.h"
#include "widgets/versions/lines_delegate.h"

namespace rw::ui {

void VersionsModel::set(std::vector<VersionEntry> entries) {
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void VersionsModel::setSides(const QString& a, const QString& b) {
    if (a == m_a && b == m_b) return;
    m_a = a;
    m_b = b;
    refresh();
}

void VersionsModel::setModified(bool modified) {
    if (std::exchange(m_modified, modified) != modified) refresh();
}

void VersionsModel::refresh() {
    if (!m_entries.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int VersionsModel::rowOf(const QString& key) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&key](const VersionEntry& entry) { return entry.key == key; });
    return found != m_entries.end() ? static_cast<int>(found - m_entries.begin()) : -1;
}

const VersionEntry* VersionsModel::find(const QString& key) const {
    const int row = rowOf(key);
    return row < 0 ? nullptr : &m_entries[static_cast<std::size_t>(row)];
}

int VersionsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QString VersionsModel::titleOfEntry(const VersionEntry& entry) {
    switch (entry.kind) {
        case VersionEntry::Kind::Working:
            return tr("Working copy");
        case VersionEntry::Kind::File:
            return tr("Saved file");
        case VersionEntry::Kind::Run:
            return tr("Last run");
        case VersionEntry::Kind::Checkpoint:
            return entry.number == 0 ? tr("Newest checkpoint") : tr("Checkpoint %1").arg(entry.number);
        case VersionEntry::Kind::Other:
            return shownText(entry.name);
        case VersionEntry::Kind::Kept:
            break;
    }
    return entry.name.isEmpty() ? momentText(entry.saved) : tr("“%1”").arg(shownText(entry.name));
}

QString VersionsModel::lineOf(const VersionEntry& entry) const {
    if (!entry.failure.ok()) return tr("can't be read");
    switch (entry.kind) {
        case VersionEntry::Kind::Working:
            return m_modified ? tr("now, with changes that are not saved") : tr("now, as it is saved");
        case VersionEntry::Kind::Run:
            return tr("the pipeline of the run");
        case VersionEntry::Kind::File:
        case VersionEntry::Kind::Other:
            return momentText(entry.saved);
        case VersionEntry::Kind::Checkpoint:
            return entry.name.isEmpty()
                       ? momentText(entry.saved)
                       : tr("%1, savepoint “%2”").arg(momentText(entry.saved), shownText(entry.name));
        case VersionEntry::Kind::Kept:
            break;
    }
    const QString changes = entry.changes < 0
                                ? QString()
                                : translated(figures::counted(static_cast<std::uint64_t>(entry.changes),
                                                              RW_TEXT("versions", "1 change"),
                                                              RW_TEXT("versions", "%1 changes")));
    return entry.name.isEmpty() ? changes : tr("%1, %2").arg(momentText(entry.saved), changes);
}

QVariant VersionsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const VersionEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return titleOfEntry(entry);
        case LinesDelegate::LinesRole:
            return QStringList{lineOf(entry)};
        case LinesDelegate::LetterRole:
            return entry.key == m_a   ? QStringLiteral("A")
                   : entry.key == m_b ? QStringLiteral("B")
                                      : QString();
        case Qt::ToolTipRole:
            return entry.failure.ok() ? lineOf(entry) : tipText(errorLines(entry.failure.error()));
        case Qt::AccessibleTextRole: {
            QStringList said{titleOfEntry(entry), lineOf(entry)};
            if (entry.key == m_a) said << tr("is A");
            if (entry.key == m_b) said << tr("is B");
            return said.join(tr(", "));
        }
        default:
            return {};
    }
}

Qt::ItemFlags VersionsModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    const bool readable = m_entries[static_cast<std::size_t>(index.row())].failure.ok();
    return readable ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void ChangesModel::set(const std::vector<VersionChange>& changes, bool takesBack) {
    beginResetModel();
    m_changes = changes;
    m_takesBack = takesBack;
    endResetModel();
}

int ChangesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const VersionChange& change = m_changes[static_cast<std::size_t>(index.row())];
    const bool added = change.kind == VersionChange::Kind::Added;
    const bool removed = change.kind == VersionChange::Kind::Removed;
    const bool looks = change.kind == VersionChange::Kind::Looks;
    switch (role) {
        case Qt::DisplayRole:
            return change.title;
        case LinesDelegate::LinesRole:
            return change.lines;
        case LinesDelegate::SignRole:
            return differenceSign(added     ? DifferenceKind::Added
                                  : removed ? DifferenceKind::Removed
                                  : looks   ? DifferenceKind::Moved
                                            : DifferenceKind::Changed);
        case LinesDelegate::SignColorRole:
            return static_cast<int>(added     ? ColorRole::Ok
                                    : removed ? ColorRole::Error
                                    : looks   ? ColorRole::Dim
                                              : ColorRole::Warn);
        case LinesDelegate::ArrowRole:
            return m_takesBack;
        case Qt::ToolTipRole:
            return tipText((QStringList{change.title} + change.lines).join(QLatin1Char('\n')));
        case Qt::AccessibleTextRole:
            return (QStringList{change.title} + change.lines).join(QStringLiteral(". "));
        default:
            return {};
    }
}

}  // namespace rw::ui
