#include "widgets/inspector/subjects/subject_model.h"

#include <algorithm>
#include <utility>

#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

std::int64_t figureOf(const ConnectionSubject& subject, int column) {
    switch (column) {
        case SubjectModel::kParts:
            return subject.parts;
        case SubjectModel::kRows:
            return subject.rows;
        case SubjectModel::kBytes:
            return subject.bytes;
        default:
            return -1;
    }
}

QString figureText(const ConnectionSubject& subject, int column) {
    const std::int64_t figure = figureOf(subject, column);
    if (figure < 0) return QStringLiteral("–");
    const auto count = static_cast<std::uint64_t>(figure);
    return column == SubjectModel::kBytes ? sizeText(count) : countText(count);
}

bool sameNames(const ConnectionSubjects& a, const ConnectionSubjects& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const ConnectionSubject& x, const ConnectionSubject& y) { return x.name == y.name; });
}

}  // namespace

void SubjectModel::set(ConnectionSubjects subjects) {
    if (sameNames(subjects, m_subjects)) {
        m_subjects = std::move(subjects);
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
        return;
    }
    beginResetModel();
    m_subjects = std::move(subjects);
    filter();
    endResetModel();
}

void SubjectModel::setFilter(const QString& text) {
    if (text == m_filter) return;
    beginResetModel();
    m_filter = text;
    filter();
    endResetModel();
}

void SubjectModel::filter() {
    m_rows.clear();
    for (std::size_t i = 0; i < m_subjects.size(); ++i) {
        const QString name = QString::fromStdString(m_subjects[i].name);
        if (m_filter.isEmpty() || name.contains(m_filter, Qt::CaseInsensitive)) m_rows.push_back(i);
    }
}

const ConnectionSubject* SubjectModel::subject(int row) const {
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < m_rows.size() ? &m_subjects[m_rows[place]] : nullptr;
}

int SubjectModel::rowOf(const std::string& name) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (subject(row)->name == name) return row;
    }
    return -1;
}

bool SubjectModel::has(Column column) const {
    return std::any_of(m_subjects.begin(), m_subjects.end(),
                       [column](const ConnectionSubject& each) { return figureOf(each, column) >= 0; });
}

int SubjectModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SubjectModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant SubjectModel::data(const QModelIndex& index, int role) const {
    const ConnectionSubject* const each = index.isValid() ? subject(index.row()) : nullptr;
    if (each == nullptr) return {};
    const bool isName = index.column() == kName;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isName ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && isName))
        return isName ? shownText(QString::fromStdString(each->name)) : figureText(*each, index.column());
    return {};
}

QVariant SubjectModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == kName ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kName:
            return tr("Name");
        case kParts:
            return std::any_of(m_subjects.begin(), m_subjects.end(),
                               [](const ConnectionSubject& each) { return each.isFolder; })
                       ? tr("Files")
                       : tr("Partitions");
        case kRows:
            return tr("Rows");
        case kBytes:
            return tr("Size");
        default:
            return {};
    }
}

}  // namespace rw::ui
