// What an editor of queries offers at a place: columns of the tables that the statement names, tables,
// functions and keywords.
#pragma once
#include <QString>
#include <memory>
#include <vector>

#include "widgets/editor/sql_completion.h"
#include "widgets/sql/query_tables.h"

namespace rw::ui {

/// The list is made anew only when what it depends on is another.
class QueryCompletion {
 public:
    /// The tables must outlive it.
    explicit QueryCompletion(const QueryTables& tables) : m_tables(tables) {}

    /// For a word that is typed behind `before`, all of the text up to it, in a statement that goes on with
    /// `after`.
    std::shared_ptr<const Completions> at(const QString& before, const QString& after);
    void forget() { m_list.reset(); }  ///< there are other tables

 private:
    struct Place {
        QString qualifier{};  ///< before a dot; empty: there is none
        std::vector<std::pair<QString, const AskableTable*>>
            named{};  ///< aliases and tables of the statement
        bool operator==(const Place&) const = default;
    };
    Place placeOf(const QString& before, const QString& after) const;
    std::vector<Completion> listFor(const Place& place) const;

    const QueryTables& m_tables;
    Place m_place{};
    std::shared_ptr<const Completions> m_list{};
};

}  // namespace rw::ui
