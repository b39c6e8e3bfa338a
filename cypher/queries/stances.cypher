// Who is for something and who is against it: every stance on it, and on its terms where it is an agreement that has any.
// :param on => 'agreement:el-salvador-united-states'
// :param stances => ['STRONGLY_OPPOSES', 'OPPOSES', 'NEUTRAL', 'SUPPORTS', 'STRONGLY_SUPPORTS']
// :param includeTerms => true
OPTIONAL MATCH (gone:Removed {id: $on})
MATCH (about:Entity {id: coalesce(gone.survivor, $on)})
CALL (about) {
  RETURN about AS toward
  UNION ALL
  MATCH (about)<-[t:TERM_OF]-(toward)
  WHERE $includeTerms/*< termKept *//*> termKept */
  RETURN toward
}
MATCH (toward)<-[r:STANCE_ON]-(actor)
WHERE r.stance IN $stances/*< kept *//*> kept */
RETURN actor, r, toward;
