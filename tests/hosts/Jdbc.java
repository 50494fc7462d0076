// sqlite-jdbc: Jdbc DATABASE QUERY LIBRARY
import java.sql.*;

public class Jdbc {
  public static void main(String[] arguments) throws SQLException {
    String url = "jdbc:sqlite:" + arguments[0] + "?enable_load_extension=true";
    try (Connection db = DriverManager.getConnection(url); Statement statement = db.createStatement()) {
      try (PreparedStatement load = db.prepareStatement("SELECT load_extension(?)")) {
        load.setString(1, arguments[2]);
        load.execute();
      }
      System.out.println(statement.executeQuery("SELECT sqlite_version()").getString(1));
      ResultSet rows = statement.executeQuery(arguments[1]);
      while (rows.next()) {
        StringBuilder line = new StringBuilder(rows.getString(1));
        for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) line.append('|').append(rows.getString(i));
        System.out.println(line);
      }
    }
  }
}
