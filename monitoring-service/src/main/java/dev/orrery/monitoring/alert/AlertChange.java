package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.monitoring.JsonText;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;

/// A change of an alert on its way to the topic: written in the transaction that made it.
@Entity
@Table(name = "alert_changes")
class AlertChange extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long number;

    String change;

    static AlertChange of(AlertChanged event) {
        AlertChange change = new AlertChange();
        change.change = JsonText.write(event);
        return change;
    }

    static List<AlertChange> oldest(int most) {
        return find("order by number").page(0, most).list();
    }

    AlertChanged event() {
        return JsonText.read(change, AlertChanged.class);
    }
}
