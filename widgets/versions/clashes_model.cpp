#include "widgets/versions/clashes_model.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/difference_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/tip_text.h"
#include "widgets/theme/tokens.h"
#include "widgets/versions/lines_delegate.h"

namespace rw::ui {

namespace {

constexpr qsizetype kLongestName = 80;

QString nodeTitle(const std::string& id, const MergeState& state) {
    for (const Pipeline* pipeline : {&state.ours(), &state.theirs(), &state.base()}) {
        if (const Node* const node = pipeline->find(id)) return titleOf(*node);
    }
    return shownText(QString::fromStdString(id));
}

QString paramName(const std::string& type, const std::string& name, const Catalogue& catalogue) {
    if (const NodeKind* const kind = catalogue.find(type)) {
        for (const ParamSpec& spec : kind->params) {
            if (spec.name == name) return translated(spec.label);
        }
    }
    return shownText(QString::fromStdString(name));
}

QString partName(const MergePlace& place, const Catalogue& catalogue) {
    if (place.parameter) return paramName(place.type, place.part, catalogue);
    return place.part == "title" ? QCoreApplication::translate("versions", "Title")
                                 : shownText(QString::fromStdString(place.part));
}

QString oneValue(const Json& value) {
    if (!value.is_array()) return differenceValue(value);
    QStringList elements;
    for (const Json& each : value) elements << differenceValue(each);
    return elements.join(QLatin1Char('\n'));
}

/// A node or another object: a line for each thing in it.
QString objectLines(const Json& object, const std::string& type, const Catalogue& catalogue) {
    QStringList lines;
    for (const auto& [key, value] : object.items()) {
        if (key == "params" && value.is_object()) {
            for (const auto& [name, param] : value.items())
                lines << QStringLiteral("%1: %2").arg(paramName(type, name, catalogue),
                                                      differenceValue(param));
        } else {
            lines << QStringLiteral("%1: %2").arg(QString::fromStdString(key), differenceValue(value));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString mergeSideName(MergeSide side) {
    switch (side) {
        case MergeSide::Ours:
            return QCoreApplication::translate("versions", "Ours");
        case MergeSide::Theirs:
            return QCoreApplication::translate("versions", "Theirs");
        case MergeSide::Base:
            return QCoreApplication::translate("versions", "Base");
        case MergeSide::Both:
            break;
    }
    return QCoreApplication::translate("versions", "Both");
}

QString clashTitle(const MergeClash& clash, const MergeState& state) {
    const MergePlace& place = clash.place;
    const QString name = shownText(QString::fromStdString(place.name), kLongestName);
    if (place.of == "node") {
        const QString title = nodeTitle(place.name, state);
        if (place.part.empty()) return QCoreApplication::translate("versions", "Node “%1”").arg(title);
        const QString part = partName(place, state.catalogue());
        if (place.element.empty())
            return QCoreApplication::translate("versions", "“%1”, %2").arg(title, part);
        return QCoreApplication::translate("versions", "“%1”, %2: %3")
            .arg(title, part, shownText(QString::fromStdString(place.element), kLongestName));
    }
    if (place.of == "wire") return QCoreApplication::translate("versions", "Wire %1").arg(name);
    if (place.of == "variable") return QCoreApplication::translate("versions", "Variable “%1”").arg(name);
    if (place.of == "query") return QCoreApplication::translate("versions", "Saved query “%1”").arg(name);
    if (place.of == "comment") return QCoreApplication::translate("versions", "Comment “%1”").arg(name);
    if (place.of == "card")
        return QCoreApplication::translate("versions", "Card of “%1”").arg(nodeTitle(place.name, state));
    return QCoreApplication::translate("versions", "Setting “%1”").arg(name);
}

QString clashValue(const MergeClash& clash, MergeSide side, const MergeState& state) {
    if (side == MergeSide::Both) {
        return clash.renamed.empty()
                   ? QCoreApplication::translate("versions", "Both nodes; that of theirs gets another id.")
                   : QCoreApplication::translate("versions", "Both nodes; the id of theirs is “%1” then.")
                         .arg(shownText(QString::fromStdString(clash.renamed), kLongestName));
    }
    const Json& value = side == MergeSide::Ours     ? clash.ours
                        : side == MergeSide::Theirs ? clash.theirs
                                                    : clash.base;
    if (value.is_null()) return QCoreApplication::translate("versions", "not there");
    const QString lines =
        value.is_object() ? objectLines(value, clash.place.type, state.catalogue()) : oneValue(value);
    return lines.isEmpty() ? QCoreApplication::translate("versions", "empty") : shownLines(lines, kTipLength);
}

void ClashesModel::set(const MergeState* state) {
    std::vector<Row> rows;
    if (state != nullptr) {
        for (const MergeClash& clash : state->clashes()) {
            Row& row = rows.emplace_back();
            row.title = clashTitle(clash, *state);
            row.what = translated(clashText(clash));
            row.decided = clash.chosen;
            row.decision =
                !clash.chosen
                    ? QCoreApplication::translate("versions", "Not decided yet")
                    : QCoreApplication::translate("versions", "Taken: %1").arg(mergeSideName(clash.taken));
        }
    }
    // The same list with another decision keeps its current row.
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ClashesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ClashesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return row.title;
        case LinesDelegate::LinesRole:
            return QStringList{row.what, row.decision};
        case LinesDelegate::SignRole:
            return row.decided ? QStringLiteral("✓") : QStringLiteral("?");
        case LinesDelegate::SignColorRole:
            return static_cast<int>(row.decided ? ColorRole::Ok : ColorRole::Warn);
        case Qt::ToolTipRole:
            return tipText(QStringList{row.title, row.what, row.decision}.join(QLatin1Char('\n')));
        case Qt::AccessibleTextRole:
            return QStringList{row.title, row.what, row.decision}.join(QStringLiteral(". "));
        default:
            return {};
    }
}

}  // namespace rw::ui
