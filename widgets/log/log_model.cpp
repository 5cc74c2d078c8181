#include "widgets/log/log_model.h"

#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

// Oldest lines leave in blocks, so that a full log does not shift by one with every line.
constexpr int kLogBlock = 1000;

struct LevelLook {
    const char16_t* icon;
    ColorRole role;
};

LevelLook lookOf(LogLevel level) {
    switch (level) {
        case LogLevel::Error:
            return {u"error", ColorRole::Error};
        case LogLevel::Warning:
            return {u"warning", ColorRole::Warn};
        case LogLevel::Info:
            return {u"info", ColorRole::Dim};
        case LogLevel::Debug:
            break;
    }
    return {u"more", ColorRole::Dim};
}

QString nameOf(LogLevel level) {
    switch (level) {
        case LogLevel::Error:
            return LogModel::tr("Error");
        case LogLevel::Warning:
            return LogModel::tr("Warning");
        case LogLevel::Info:
            return LogModel::tr("Info");
        case LogLevel::Debug:
            break;
    }
    return LogModel::tr("Detail");
}

QString clockOf(const QDateTime& time) {
    return time.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
}

}  // namespace

LogModel::LogModel(QObject* parent) : QAbstractTableModel(parent) {}

void LogModel::add(std::vector<LogEntry> entries) {
    if (entries.empty()) return;
    if (entries.size() > kCapacity) entries.erase(entries.begin(), entries.end() - kCapacity);
    const int added = static_cast<int>(entries.size());
    const int before = rowCount();
    if (before + added > kCapacity) {
        const int leaving = std::min(before, std::max(kLogBlock, before + added - kCapacity));
        beginRemoveRows({}, 0, leaving - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + leaving);
        endRemoveRows();
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + added - 1);
    std::move(entries.begin(), entries.end(), std::back_inserter(m_entries));
    endInsertRows();
}

void LogModel::clear() {
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

QString LogModel::line(int row) const {
    const LogEntry& e = entry(row);
    const QString time = e.time.toLocalTime().toString(Qt::ISODateWithMs);
    return QStringList{time, nameOf(e.level), e.title, e.fullText()}.join(QLatin1Char('\t'));
}

void LogModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_entries.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const LogEntry& e = entry(index.row());
    const Theme& theme = Theme::of(this);
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            if (column == Time) return clockOf(e.time);
            if (column == Level) return nameOf(e.level);
            return shownText(column == Where ? e.title : e.fullText());
        case Qt::ToolTipRole:
            if (column == Message) return tipText(e.fullText());
            if (column == Where) return tipText(e.title);
            return column == Time ? e.time.toLocalTime().toString(Qt::ISODateWithMs) : QVariant();
        case Qt::DecorationRole:
            if (column == Level) return theme.icon(lookOf(e.level).icon, lookOf(e.level).role);
            return {};
        case Qt::FontRole:
            return column == Time ? theme.font(TextStyle::CodeSmall) : QVariant();
        case Qt::ForegroundRole:
            if (column == Level) return colorOf(theme.tokens(), lookOf(e.level).role);
            return column == Time || e.level == LogLevel::Debug ? theme.tokens().dim : QVariant();
        default:
            return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Time:
            return tr("Time");
        case Level:
            return tr("Level");
        case Where:
            return tr("Node");
        case Message:
            return tr("Message");
        default:
            return {};
    }
}

void LogFilter::setLevel(LogLevel least) {
    m_least = least;
    invalidateFilter();
}

void LogFilter::setSearchText(const QString& words) {
    m_searchText = words;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const LogEntry& entry = static_cast<const LogModel*>(sourceModel())->entry(row);
    if (entry.level < m_least) return false;
    return m_searchText.isEmpty() || entry.title.contains(m_searchText, Qt::CaseInsensitive) ||
           entry.fullText().contains(m_searchText, Qt::CaseInsensitive);
}

QString LogEntry::fullText() const {
    if (text.empty()) return plain;
    return fix.empty() ? translated(text) : translated(text) + QLatin1Char(' ') + translated(fix);
}

}  // namespace rw::ui
