// The alerts of a run as a table: those that are raised and not over first, then all others, the newest
// first.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <unordered_map>
#include <vector>

#include "widgets/session/alert_feed.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

class PipelineDocument;

class AlertsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { State, Rule, Key, Since, Lasted, Peak, Message, Delivered, ColumnCount };

    /// Both must outlive it. Of the document are the titles of the nodes.
    AlertsModel(const AlertFeed& feed, const PipelineDocument& document)
        : m_feed(feed), m_document(document) {}

    /// Takes the present alerts; nothing is reset while they are the same ones in the same order.
    void update();
    /// Only those that nobody has seen.
    void setOnlyOpen(bool only);
    bool onlyOpen() const { return m_onlyOpen; }
    void refresh();  ///< after a change of language, theme or titles
    const AlertBoard::Entry& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(std::uint64_t entry) const;  ///< -1: it is not among them
    AlertSign signOf(int row) const { return m_feed.signOf(at(row)); }
    /// As lines with tabs, its heads first.
    QString text() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Look {
        QString icon{};
        ColorRole role = ColorRole::Dim;
    };
    static Look lookOf(AlertSign sign);
    QString cell(int row, int column) const;
    QString tip(int row, int column) const;
    QString ruleTitle(const NodeId& node) const;
    QString message(const Alert& alert) const;
    QVariant deliveredIcon(int row) const;
    QVariant wordsColor(int row, int column) const;

    const AlertFeed& m_feed;
    const PipelineDocument& m_document;
    bool m_onlyOpen = false;
    std::vector<AlertBoard::Entry> m_rows{};
    std::unordered_map<std::uint64_t, int> m_places{};  ///< rows by the numbers of their entries
};

}  // namespace rw::ui
