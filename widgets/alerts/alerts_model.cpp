#include "widgets/alerts/alerts_model.h"

#include <QStringList>
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/time.h"
#include "core/connect/alerts/alert_words.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

bool isUnseen(AlertSign sign) {
    return sign == AlertSign::Alert || sign == AlertSign::NoData;
}

bool isRaised(const Alert& alert) {
    return alert.stage == AlertStage::Open && alert.kind != AlertKind::Test;
}

}  // namespace

void AlertsModel::update() {
    std::vector<AlertBoard::Entry> rows;
    for (const AlertBoard::Entry& entry : m_feed.look().entries) {
        if (!m_onlyOpen || isUnseen(m_feed.signOf(entry))) rows.push_back(entry);
    }
    std::stable_partition(rows.begin(), rows.end(),
                          [](const AlertBoard::Entry& entry) { return isRaised(entry.alert); });
    const bool same = std::equal(
        rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
        [](const AlertBoard::Entry& a, const AlertBoard::Entry& b) { return a.number == b.number; });
    if (!same) beginResetModel();
    m_rows = std::move(rows);
    m_places.clear();
    for (int row = 0; row < rowCount(); ++row) m_places[at(row).number] = row;
    if (!same) return endResetModel();
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void AlertsModel::setOnlyOpen(bool only) {
    m_onlyOpen = only;
    update();
}

void AlertsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int AlertsModel::rowOf(std::uint64_t entry) const {
    const auto found = m_places.find(entry);
    return found == m_places.end() ? -1 : found->second;
}

int AlertsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AlertsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

// A node that was renamed meanwhile is called by its new name, one that is gone as in the run.
QString AlertsModel::ruleTitle(const NodeId& node) const {
    if (const Node* there = m_document.node(node)) return titleOf(*there);
    const AlertBoard::RuleState* rule = m_feed.ruleOf(node);
    return QString::fromStdString(rule != nullptr ? rule->rule.title : node);
}

// What has none of its own is told of by its kind.
QString AlertsModel::message(const Alert& alert) const {
    if (!alert.message.empty() || alert.kind == AlertKind::Condition)
        return QString::fromStdString(alert.message);
    if (alert.kind == AlertKind::Test) return tr("a test that was asked for");
    const AlertBoard::RuleState* rule = m_feed.ruleOf(alert.node);
    return rule != nullptr ? tr("no rows for %1").arg(lastingText(rule->rule.noData)) : QString();
}

QString AlertsModel::cell(int row, int column) const {
    const AlertBoard::Entry& entry = at(row);
    const Alert& alert = entry.alert;
    switch (column) {
        case State: {
            const QString sign = alertSignText(signOf(row), m_feed.silenceOf(alert));
            return alert.provisional ? tr("%1, provisional").arg(sign) : sign;
        }
        case Rule:
            return ruleTitle(alert.node);
        case Key:
            return QString::fromStdString(alertKeyText(alert.key));
        case Since:
            if (sinceOf(alert) == kMinTimestamp) return QStringLiteral("–");
            return alert.kind == AlertKind::Test ? momentText(sinceOf(alert)) : eventTimeText(sinceOf(alert));
        case Lasted: {
            const AlertBoard::RuleState* rule = m_feed.ruleOf(alert.node);
            const Millis lasted = lastedOf(alert, rule != nullptr ? rule->judged : kMinTimestamp);
            return lasted < 0 ? QStringLiteral("–") : ageText(lasted);
        }
        case Peak:
            return alert.peak ? shownNumber(*alert.peak) : QStringLiteral("–");
        case Message:
            return message(alert);
        default:
            break;
    }
    if (entry.deliveries.empty()) {
        if (alert.stage == AlertStage::Waiting) return tr("not yet");
        return alert.stage == AlertStage::Spared ? tr("nowhere") : tr("only here");
    }
    // A failure is not to be what there is no room for.
    QStringList failed, others;
    const Instant now = systemClock()->now();
    for (const AlertDelivery& delivery : entry.deliveries)
        (deliverySign(delivery) == DeliverySign::Failed ? failed : others) << deliveryText(delivery, now);
    return (failed + others).join(QStringLiteral(" · "));
}

QString AlertsModel::tip(int row, int column) const {
    const AlertBoard::Entry& entry = at(row);
    const AlertBoard::RuleState* rule = m_feed.ruleOf(entry.alert.node);
    switch (column) {
        case State:
            if (entry.alert.provisional)
                return entry.alert.ongoing()
                           ? tr("The window is still open. Its final value confirms the alert or clears it.")
                           : tr("A provisional value raised it, and the final value did not.");
            if (signOf(row) == AlertSign::Spared)
                return rule != nullptr ? tr("The condition held for less than %1, and nobody was told.")
                                             .arg(lastingText(rule->rule.hold))
                                       : cell(row, State);
            if (signOf(row) == AlertSign::Waiting && rule != nullptr)
                return tr("An alert when the condition has held for %1").arg(lastingText(rule->rule.hold));
            return cell(row, State);
        case Rule:
            return rule != nullptr && !rule->rule.condition.empty()
                       ? tr("%1\nCondition: %2")
                             .arg(cell(row, Rule), QString::fromStdString(rule->rule.condition))
                       : cell(row, Rule);
        case Since:
            if (entry.alert.kind != AlertKind::Condition || entry.alert.raised == kMinTimestamp ||
                entry.alert.start == entry.alert.raised)
                return cell(row, Since);
            return tr("The condition holds since %1, and it is an alert since %2.")
                .arg(eventTimeText(entry.alert.start), eventTimeText(entry.alert.raised));
        case Delivered: {
            QStringList lines;
            const Instant now = systemClock()->now();
            for (const AlertDelivery& delivery : entry.deliveries) lines << deliveryTip(delivery, now);
            return lines.isEmpty() ? cell(row, Delivered) : lines.join(QLatin1Char('\n'));
        }
        default:
            return cell(row, column);
    }
}

AlertsModel::Look AlertsModel::lookOf(AlertSign sign) {
    switch (sign) {
        case AlertSign::Waiting:
            return {QStringLiteral("hourglass"), ColorRole::Warn};
        case AlertSign::Alert:
            return {QStringLiteral("bell"), ColorRole::Error};
        case AlertSign::NoData:
            return {QStringLiteral("unplugged"), ColorRole::Warn};
        case AlertSign::Silenced:
            return {QStringLiteral("bell-off"), ColorRole::Dim};
        case AlertSign::Acknowledged:
            return {QStringLiteral("eye"), ColorRole::Accent};
        case AlertSign::Cleared:
        case AlertSign::DataAgain:
            return {QStringLiteral("check"), ColorRole::Ok};
        case AlertSign::Spared:
            return {QStringLiteral("hourglass"), ColorRole::Warn};
        case AlertSign::Test:
            break;
    }
    return {QStringLiteral("bell"), ColorRole::Dim};
}

QVariant AlertsModel::wordsColor(int row, int column) const {
    const Tokens& tokens = Theme::of(this).tokens();
    if (column == State) return colorOf(tokens, lookOf(signOf(row)).role);
    if (column == Key) return tokens.dim;
    if (column != Delivered) return {};
    const std::vector<AlertDelivery>& all = at(row).deliveries;
    const bool failed = std::any_of(all.begin(), all.end(), [](const AlertDelivery& each) {
        return deliverySign(each) == DeliverySign::Failed;
    });
    if (failed) return tokens.error.text;
    return all.empty() ? QVariant(tokens.dim) : QVariant();
}

// The worst of them.
QVariant AlertsModel::deliveredIcon(int row) const {
    const std::vector<AlertDelivery>& all = at(row).deliveries;
    if (all.empty()) return {};
    const Theme& theme = Theme::of(this);
    const auto has = [&all](DeliverySign sign) {
        return std::any_of(all.begin(), all.end(),
                           [sign](const AlertDelivery& each) { return deliverySign(each) == sign; });
    };
    if (has(DeliverySign::Failed)) return theme.icon(u"error", ColorRole::Error);
    if (has(DeliverySign::UnderWay)) return theme.icon(u"hourglass", ColorRole::Dim);
    return has(DeliverySign::Done) ? theme.icon(u"check", ColorRole::Ok)
                                   : theme.icon(u"bell-off", ColorRole::Dim);
}

QVariant AlertsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    const int row = index.row(), column = index.column();
    const bool figures = column == Since || column == Lasted || column == Peak;
    switch (role) {
        case Qt::DisplayRole:
            return shownText(cell(row, column));
        case Qt::ToolTipRole:
            return shownLines(tip(row, column), kTipLength);
        case Qt::FontRole:
            return figures || column == Key ? QVariant(theme.font(TextStyle::CodeSmall)) : QVariant();
        case Qt::TextAlignmentRole:
            return headerData(column, Qt::Horizontal, role);
        case Qt::ForegroundRole:
            return wordsColor(row, column);
        case Qt::DecorationRole: {
            if (column == Delivered) return deliveredIcon(row);
            if (column != State) return {};
            const Look look = lookOf(signOf(row));
            return theme.icon(look.icon, look.role);
        }
        default:
            return {};
    }
}

QVariant AlertsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole &&
        (section == Lasted || section == Peak))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case State:
            return tr("State");
        case Rule:
            return tr("Rule");
        case Key:
            return tr("Key");
        case Since:
            return tr("Since");
        case Lasted:
            return tr("Lasted");
        case Peak:
            return tr("Peak");
        case Message:
            return tr("Message");
        default:
            return tr("Delivered");
    }
}

QString AlertsModel::text() const {
    QStringList lines, heads;
    for (int column = 0; column < ColumnCount; ++column)
        heads << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << heads.join(QLatin1Char('\t'));
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column) cells << shownText(cell(row, column));
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace rw::ui
