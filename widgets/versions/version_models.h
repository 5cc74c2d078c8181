// The lists of the page Compare: the versions, and the changes between two of them.
#pragma once
#include <QAbstractListModel>

#include "widgets/versions/version_changes.h"
#include "widgets/versions/version_entries.h"

namespace rw::ui {

class VersionsModel final : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<VersionEntry> entries);
    /// Those that are compared, by their keys.
    void setSides(const QString& a, const QString& b);
    void setModified(bool modified);  ///< what is in the window differs from its file
    void refresh();                   ///< the language or the day is another
    const std::vector<VersionEntry>& entries() const { return m_entries; }
    const VersionEntry* find(const QString& key) const;  ///< null: there is none
    int rowOf(const QString& key) const;                 ///< below 0: there is none
    static QString titleOfEntry(const VersionEntry& entry);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
    QString lineOf(const VersionEntry& entry) const;

    std::vector<VersionEntry> m_entries{};
    QString m_a{}, m_b{};
    bool m_modified = false;
};

class ChangesModel final : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    /// `takesBack`: each has an arrow.
    void set(const std::vector<VersionChange>& changes, bool takesBack);
    const std::vector<VersionChange>& changes() const { return m_changes; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<VersionChange> m_changes{};
    bool m_takesBack = false;
};

}  // namespace rw::ui
