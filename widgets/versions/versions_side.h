// The left side of the page Compare: the versions, of which two are chosen.
#pragma once
#include <QWidget>

#include "widgets/versions/version_models.h"

class QLabel;
class QListView;
class QPushButton;

namespace rw::ui {

class VersionsSide final : public QWidget {
    Q_OBJECT
 public:
    explicit VersionsSide(QWidget* parent = nullptr);

    /// A and B stay chosen where they are there still.
    void setEntries(std::vector<VersionEntry> entries);
    void setModified(bool modified) { m_model->setModified(modified); }
    /// Why there is no history; empty: nothing is said.
    void setTrouble(const QString& words);
    /// Chooses without telling of it.
    void choose(const QString& a, const QString& b);
    const QString& a() const { return m_a; }
    const QString& b() const { return m_b; }
    VersionsModel& model() const { return *m_model; }
    QListView& list() const { return *m_list; }
    /// As wide as the text and the page ask; when either is another.
    void fit();

 Q_SIGNALS:
    void chosen();          ///< a() or b() is another, by a person
    void fileRequested();   ///< another file is to be compared
    void mergeRequested();  ///< a version is to be merged into the working copy

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void retranslate();
    void follow();
    void mark();

    VersionsModel* m_model;
    QLabel *m_title, *m_hint, *m_trouble;
    QListView* m_list;
    QPushButton *m_file, *m_merge;
    QString m_a{}, m_b{};
};

}  // namespace rw::ui
